// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.kernel.KernelConfig;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.fixture.Session;
import userland.program.User;

/** The library's park takes a time of either clock under every revision; a mistake there would spin. */
class ParkWrapperTest {
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_MONOTONIC = 3;
    private static final long MILLISECOND = 1_000_000;

    @ParameterizedTest
    @CsvSource({"1.47, amd64", "1.76.2.1, amd64", "1.84, amd64", "1.47, i386", "1.84, i386"})
    void theLibraryParksUntilATimeAndDoesNotSpin(String revision, String machine) {
        try (Session session = new Session(KernelConfig.standard().withLwp(revision).withMachine(machine))) {
            assertEquals("GONE 0 0", session.runToEnd((user, args) -> {
                for (int clock : new int[] {CLOCK_REALTIME, CLOCK_MONOTONIC}) {
                    parkUntil(user, clock, 100 * MILLISECOND);
                    parkUntil(user, clock, -100 * MILLISECOND);
                }
                return 0;
            }), () -> "" + session.output());
        }
    }

    private static void parkUntil(User user, int clock, long fromNow) {
        long calls = ((LwpUser) user).lwp().trap().calls();
        long begun = user.monotonicNanos();
        long now = clock == CLOCK_REALTIME ? user.realtimeNanos() : begun;
        assertEquals(Errno.ETIMEDOUT, user.park(clock, now + fromNow, 0, 0, 0));
        long lasted = user.monotonicNanos() - begun;
        assertTrue(fromNow < 0 ? lasted < MILLISECOND : lasted >= 90 * MILLISECOND && lasted <= 130 * MILLISECOND,
                () -> "it lasted " + lasted);
        assertTrue(((LwpUser) user).lwp().trap().calls() - calls <= 4, "calls");
    }
}
