// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.TaskState;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.engine.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Crew;
import userland.core.fixture.Session;
import userland.program.User;

/**
 * Swapping schedulers at every event, for each pair in each direction, while LWPs are of real-time classes, have an affinity, live
 * in a processor set, sleep, are suspended and stopped: nobody's result changes, and nobody ever runs where it may not.
 */
class SwapKeepsRulesTest {
    private static final List<String> SCHEDULERS = List.of("4bsd", "m2", "ule", "eevdf");
    private static final long MS = 1_000_000;
    private static final int SIGSTOP = 17;
    private static final int SIGCONT = 19;
    private static final int OTHER = 0;
    private static final int FIFO = 1;
    private static final int ROUND_ROBIN = 2;
    private static final int P_LWPID = 2;
    private static final int MEMBERS = 7;
    private static final int SUSPENDED = 6;

    static Stream<List<String>> pairs() {
        return SCHEDULERS.stream().flatMap(from -> SCHEDULERS.stream().filter(to -> !to.equals(from))
                .map(to -> List.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void nobodysResultChanges(List<String> pair) {
        for (String cpus : List.of("2", "2x2x2")) {
            List<String> plain = new ArrayList<>();
            run(cpus, List.of(pair.getFirst()), plain);
            assertEquals(MEMBERS + 3, plain.size(), "" + plain);
            List<String> swapped = new ArrayList<>();
            int swaps = run(cpus, pair, swapped);
            assertEquals(plain, swapped, pair + " on " + cpus);
            assertTrue(swaps > 100, pair + " on " + cpus + ": " + swaps + " swaps");
        }
    }

    /** Runs event by event, with the next scheduler at each; returns how many events there were. */
    private static int run(String cpus, List<String> schedulers, List<String> results) {
        KernelConfig config = KernelConfig.standard().withTopology(Topology.parse(cpus)).withSeed(5)
                .withVariant("sched", schedulers.getFirst());
        try (Session session = new Session(config)) {
            Proc proc = session.spawn(SwapKeepsRulesTest::everybody);
            Dispatcher dispatcher = session.kernel().dispatcher();
            TreeSet<String> seen = new TreeSet<>();
            int steps = 0;
            while (session.kernel().run(RunLimit.events(1)).reason() == RunOutcome.Reason.LIMIT) {
                steps++;
                dispatcher.forEachTask(task -> {
                    seen.add(task.state().toString());
                    assertTrue(task.state() != TaskState.LSONPROC || task.targetCpu() != null || task.allowedOn(task.cpu()),
                            task + " runs on " + task.cpu() + ", where it may not");
                });
                if (schedulers.size() > 1) {
                    session.swap("sched", schedulers.get(steps % schedulers.size()));
                }
            }
            session.run();
            assertEquals(List.of(), dispatcher.engine().evictions().reports());
            assertTrue(seen.containsAll(List.of("LSRUN", "LSONPROC", "LSSLEEP", "LSSTOP", "LSSUSPENDED")), "" + seen);
            session.output().stream().sorted().forEach(results::add);
            results.add(proc.exitStatus() + " " + proc.exitSignal());
            return steps;
        }
    }

    private static int everybody(User user, String... args) {
        long cells = user.allocate(4096);
        user.pthread().mutexes().init(user, cells, 0);
        ok(user, "pset_create", cells + 64);
        int set = user.load32(cells + 64);
        ok(user, "pset_assign", set, user.cpuCount() - 1, 0);
        int child = user.fork((u, nothing) -> {
            u.sleepUntil(40 * MS);
            for (int i = 0; i < 5; i++) {
                u.compute(2 * MS);
                u.sleepUntil(u.monotonicNanos() + 10 * MS);
            }
            u.exit(7);
        });
        user.sleepUntil(3 * MS);
        Crew crew = Crew.start(user, MEMBERS, (u, kind) -> member(u, (int) kind, cells, set));
        int victim = user.pthread().threads().lid(user, crew.thread(SUSPENDED));
        user.sleepUntil(20 * MS);
        user.kill(child, SIGSTOP);
        ok(user, "_lwp_suspend", victim);
        user.sleepUntil(90 * MS);
        user.kill(child, SIGCONT);
        ok(user, "_lwp_continue", victim);
        crew.join();
        user.print("child " + (user.waitChild(child, cells + 128) == child) + " " + user.load32(cells + 128));
        user.print("turns " + user.load32(cells + 192));
        return 0;
    }

    private static long member(User user, int kind, long cells, int set) {
        long mine = cells + 256 + 64L * kind;
        limit(user, kind, mine, set);
        long sum = kind;
        for (int round = 0; round < 4; round++) {
            user.compute((1 + kind) * 2 * MS);
            user.pthread().mutexes().lock(user, cells);
            int turns = user.load32(cells + 192);
            user.compute(MS / 2);
            user.store32(cells + 192, turns + 1);
            user.pthread().mutexes().unlock(user, cells);
            sum = sum * 31 + round;
            if (kind % 2 == 0) {
                user.sleepUntil(user.monotonicNanos() + (kind + 1) * 4 * MS);
            }
        }
        ok(user, "_sched_getparam", 0, user.lid(), mine, mine + 4);
        ok(user, "_sched_getaffinity", 0, user.lid(), 8, mine + 8);
        user.print("member " + kind + " " + sum + " policy " + user.load32(mine) + " affinity " + user.load64(mine + 8));
        return 0;
    }

    /** What each may do: round robin, first in first out, one CPU only, the CPU of the set only, or anything. */
    private static void limit(User user, int kind, long mine, int set) {
        switch (kind) {
            case 0, 1 -> {
                user.store32(mine, 5 + kind);
                ok(user, "_sched_setparam", 0, user.lid(), kind == 0 ? ROUND_ROBIN : FIFO, mine);
            }
            case 2, 3 -> {
                user.store64(mine, 1);
                ok(user, "_sched_setaffinity", 0, user.lid(), 8, mine);
            }
            case 4 -> ok(user, "_pset_bind", P_LWPID, user.lid(), user.pid(), set, 0);
            default -> {
                user.store32(mine, -1);
                ok(user, "_sched_setparam", 0, user.lid(), OTHER, mine);
            }
        }
    }

    private static void ok(User user, String call, long... arguments) {
        assertEquals(0, user.syscall(call, arguments), () -> call + " fails with " + user.errno());
    }
}
