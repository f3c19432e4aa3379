// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kernel.lwp.kernel.QuirkChoice;
import kernel.lwp.revision.LwpQuirk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Kernels;
import userland.sim.SimReport;
import userland.sim.SimRequest;

/** What hangs on the originals ends here with a diagnosis, which names the LWPs, the reason and the defect. */
class HangingTest {
    /** How it hangs, the defect that is to blame or null, and what the diagnosis says. */
    private record Kind(String name, LwpQuirk quirk, String... says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("circle", LwpQuirk.WAIT_CYCLE_UNSEEN, "wait for each other", "(waiter 0)", "(waiter 1)", "(main)"),
            new Kind("suspend-twice", LwpQuirk.SUSPEND_SLEEPS_FIRST, "which is suspended already", "(main)", "(other)"),
            new Kind("suspend-self", LwpQuirk.SELF_SUSPEND_SLEEPS, "of itself", "(main)"),
            new Kind("killed", LwpQuirk.KILL_LEAVES_SUSPENDED, "is suspended"),
            new Kind("semaphores", null, "nobody can go on", "(thread 0)", "(thread 1)", "parked"),
            new Kind("lost", null, "nobody can go on", "(main)", "parked"));

    static Stream<Arguments> cases() {
        return KINDS.stream().flatMap(kind -> Stream.of("1.47", "1.76.2.1", "1.84").map(r -> Arguments.of(kind, r)));
    }

    private static SimReport run(Kind kind, String revision, boolean repaired) {
        SimRequest request = new SimRequest();
        request.workload = "hang";
        request.memoryBytes = 16 << 20;
        request.arguments = List.of(kind.name());
        request.variants = Map.of("lwp", revision);
        if (repaired) {
            request.quirks = List.of(new QuirkChoice(kind.quirk().name(), false));
        }
        return new WorkloadSimulator(new Kernels(), Kernels.programs()).run(request, null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isDiagnosed(Kind kind, String revision) {
        String failures = String.join("\n", run(kind, revision, false).failures);
        for (String text : kind.says()) {
            assertTrue(failures.contains(text), () -> text + " is not in " + failures);
        }
        assertTrue(kind.quirk() == null || failures.contains(kind.quirk().id()), failures);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsWithoutTheDefect(Kind kind, String revision) {
        if (kind.quirk() == LwpQuirk.KILL_LEAVES_SUSPENDED) {
            assertEquals(List.of("hang[2] was killed by SIGKILL"), run(kind, revision, true).failures);
        } else if (kind.quirk() != null) {
            assertEquals(List.of(), run(kind, revision, true).failures);
        }
    }

    @Test
    void anUnknownKindIsRefused() {
        String failures = String.join("\n", run(new Kind("nothing", null), "1.84", false).failures);
        assertTrue(failures.contains("say how: circle, killed"), failures);
    }
}
