// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Kernels;
import userland.core.fixture.Session;

/**
 * Swapping schedulers back and forth at every event of a run changes nobody's result, for each pair in each direction.
 *
 * <p>The programs check what they compute, and say it; order and time may differ.
 */
class SwapAtEveryEventTest {
    private static final List<String> SCHEDULERS = List.of("4bsd", "m2", "ule", "eevdf");
    /** With arguments that keep the runs short. */
    private static final List<List<String>> PROGRAMS = List.of(List.of("pingpong", "30"), List.of("prodcons", "40"),
            List.of("contention", "3", "20"), List.of("cow"), List.of("philosophers"), List.of("readers"), List.of("phases"),
            List.of("hog", "400ms", "3"));

    static Stream<List<String>> pairs() {
        return SCHEDULERS.stream().flatMap(from -> SCHEDULERS.stream().filter(to -> !to.equals(from))
                .map(to -> List.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void nobodysResultChanges(List<String> pair) {
        for (int cpus = 1; cpus <= 2; cpus++) {
            for (List<String> program : PROGRAMS) {
                String name = program + " on " + cpus + " CPUs, " + pair;
                List<String> plain = new ArrayList<>();
                int events = results(program, cpus, List.of(pair.getFirst()), plain);
                List<String> swapped = new ArrayList<>();
                int swaps = results(program, cpus, pair, swapped);
                assertEquals(plain, swapped, name);
                assertTrue(swaps > 20, name + ": " + swaps + " swaps, " + events + " events without");
            }
        }
    }

    /** Runs event by event, with the next scheduler at each; returns how often it changed. */
    private static int results(List<String> program, int cpus, List<String> schedulers, List<String> results) {
        KernelConfig config = KernelConfig.standard().withCpus(cpus).withSeed(3)
                .withVariant("sched", schedulers.getFirst());
        try (Session session = new Session(config)) {
            var main = Kernels.programs().find(program.getFirst());
            Proc proc = session.spawn(main::main, program.subList(1, program.size()).toArray(String[]::new));
            int steps = 0;
            while (session.kernel().run(RunLimit.events(1)).reason() == RunOutcome.Reason.LIMIT) {
                steps++;
                if (schedulers.size() > 1) {
                    session.swap("sched", schedulers.get(steps % schedulers.size()));
                }
            }
            session.run();
            session.output().stream().sorted().forEach(results::add);
            results.add(proc.exitStatus() + " " + proc.exitSignal());
            return steps;
        }
    }
}
