// SPDX-License-Identifier: BSD-2-Clause
package userland.core.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import kernel.lwp.kernel.KernelConfig;
import kernel.vm.page.FailurePlan;
import kernel.vm.page.FailurePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import userland.core.fixture.Session;

/** Allocations and transfers that fail: what the program sees, and that nothing stays behind. */
class InjectedFailureTest {
    private static final Set<String> HARMLESS = Set.of("GONE 0 0");
    /** Status 14 says that a fork was refused, which does not wait for memory. */
    private static final Set<String> NO_FORK = Set.of("GONE 0 0", "GONE 14 0");
    /** A page that cannot be read is as if it were not mapped. */
    private static final Set<String> UNREADABLE = Set.of("GONE 0 0", "GONE 0 10");

    /** Fails at one kind of place, every so many times. */
    private record Every(FailurePoint point, int times, int[] seen) implements FailurePlan {
        @Override
        public boolean fails(FailurePoint asked) {
            return asked == point && ++seen[0] % times == 0;
        }
    }

    private static String run(FailurePoint point, int times) {
        KernelConfig config = KernelConfig.standard().withMemoryBytes(2L << 20).withCpus(2);
        int[] seen = new int[1];
        try (Session session = new Session(config)) {
            String end = session.runToEnd((user, arguments) -> {
                session.kernel().vm().pages().failures(new Every(point, times, seen));
                int status = PagedMemory.main(user, new String[] {"5", "700", "250"});
                session.kernel().vm().pages().failures(FailurePlan.NONE);
                return status;
            });
            session.kernel().ask(engine -> {
                session.kernel().vm().pages().failures(FailurePlan.NONE);
                return null;
            });
            PagingTest.assertNothingLeft(session);
            assertTrue(seen[0] >= times, point + " was asked " + seen[0] + " times");
            return end;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsNowAndThenIsTriedAgain(FailurePoint point) {
        // A new address space needs three tables at once, so every third would never work.
        String end = run(point, point == FailurePoint.TABLE ? 7 : 3);
        Set<String> expected = switch (point) {
            case PAGE, TABLE -> NO_FORK;
            case PAGE_IN -> UNREADABLE;
            default -> HARMLESS;
        };
        assertTrue(expected.contains(end), point + ": " + end);
    }

    @Test
    void whoGetsNoMemoryForLongIsKilled() {
        assertEquals("GONE 0 9", run(FailurePoint.PAGE, 1));
    }
}
