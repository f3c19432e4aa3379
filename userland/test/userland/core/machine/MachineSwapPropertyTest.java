// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Session;
import userland.pthread.Pthread;
import userland.program.User;

/** Swaps between machines at random events, under programs that know what their memory must hold. */
class MachineSwapPropertyTest {
    private static final List<List<String>> GROUPS = List.of(
            List.of("amd64", "amd64-la57", "aarch64", "aarch64-hafdbs"), List.of("i386", "i386-pae", "armv7"));
    private static final int MAX_GAP = 60;
    private static final int NO_THREAD = 201;

    static Stream<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (List<String> group : GROUPS) {
            for (String from : group) {
                group.stream().filter(to -> !to.equals(from)).forEach(to -> pairs.add(Arguments.of(from, to)));
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairs")
    void nothingIsLostBetweenTwo(String from, String to) {
        run(List.of(from, to), (from + to).hashCode());
    }

    @Test
    void nothingIsLostOnALongWay() {
        for (List<String> group : GROUPS) {
            run(group, 7);
        }
    }

    private static void run(List<String> machines, long seed) {
        Random random = new Random(seed);
        KernelConfig config = KernelConfig.standard().withCpus(3).withSeed(seed).withMachine(machines.getFirst());
        try (Session session = new Session(config)) {
            List<Proc> processes = List.of(session.spawn(RandomMemory::main, "1", "60"),
                    session.spawn(RandomMemory::main, "2", "60"), session.spawn(MachineSwapPropertyTest::threads));
            int swaps = 0;
            while (advance(session.kernel(), random)) {
                swaps++;
                session.swap("machine", machines.get(swaps % machines.size()));
                assertEquals(List.of(), session.kernel().checkInvariants(), "after swap " + swaps);
            }
            session.run();
            for (Proc process : processes) {
                assertEquals("0 0", session.kernel().ask(engine -> process.exitStatus() + " " + process.exitSignal()),
                        "process " + process.pid() + " after " + swaps + " swaps: " + session.output());
            }
            assertEquals(true, swaps > 10, swaps + " swaps");
        }
    }

    /** Runs some events; false when the programs have ended. */
    private static boolean advance(Kernel kernel, Random random) {
        return kernel.run(RunLimit.events(1 + random.nextInt(MAX_GAP))).reason() == RunOutcome.Reason.LIMIT;
    }

    /** Threads that start, count under a mutex and end while machines change. */
    private static int threads(User user, String[] arguments) {
        Pthread pthread = user.pthread();
        long mutex = user.allocate(64);
        long counter = user.allocate(8);
        pthread.mutexes().init(user, mutex, 0);
        int count = 4;
        long[] made = new long[count];
        for (int i = 0; i < count; i++) {
            made[i] = pthread.threads().create(user, (thread, argument) -> {
                for (int round = 0; round < 10; round++) {
                    pthread.mutexes().lock(thread, mutex);
                    thread.store64(counter, thread.load64(counter) + argument);
                    pthread.mutexes().unlock(thread, mutex);
                }
            }, 100 + i);
        }
        for (long thread : made) {
            int error = thread < 0 ? NO_THREAD : pthread.threads().join(user, thread);
            if (error != 0) {
                return error;
            }
        }
        return user.load64(counter) == 10 * (100 + 101 + 102 + 103) ? 0 : 202;
    }
}
