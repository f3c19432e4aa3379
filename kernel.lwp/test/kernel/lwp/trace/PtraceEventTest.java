// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.Ptrace;
import kernel.lwp.signal.Signal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of t_ptrace_threads_wait: each event that was asked for is one stop, reported by the LWP itself. */
class PtraceEventTest {
    private static final int THREADS = 100;
    private static final long MS = 1_000_000L;
    private static final int TRAP_LWP = 5;
    private static final int SIG_SETMASK = 3;

    /** Revision, and whether SIGTRAP is masked, which changes nothing. */
    static Stream<Arguments> settings() {
        return Stream.of("1.76.2.1", "1.84").flatMap(lwp -> Stream.of(false, true).map(m -> Arguments.of(lwp, m)));
    }

    private static void main(String lwp, int cpus, Consumer<User> main) {
        try (TestKernel kernel = new TestKernel(lwp, cpus)) {
            kernel.runToEnd(main);
        }
    }

    /** Runs 100 LWPs under a tracer that asked for some events, and gives what it saw. */
    private static List<String> trace(User user, int mask, boolean masked) {
        Debugger debugger = Debugger.of(user, child -> {
            if (masked) {
                child.mask(SIG_SETMASK, Signal.bit(Signal.SIGTRAP));
            }
            child.raise(Signal.SIGSTOP);
            int[] lids = new int[THREADS];
            for (int i = 0; i < THREADS; i++) {
                lids[i] = child.create(other -> other.compute(MS));
            }
            for (int lid : lids) {
                assertEquals(0, child.await(lid));
            }
            child.call("exit", 5);
        });
        debugger.awaitStop(Signal.SIGSTOP);
        debugger.events(mask);
        List<String> seen = new ArrayList<>();
        debugger.goOn(0);
        int status = debugger.await();
        while ((status & 0xff) == 0x7f) {
            assertEquals(Signal.SIGTRAP << 8 | 0x7f, status);
            seen.add(event(user, debugger));
            debugger.goOn(0);
            status = debugger.await();
        }
        assertEquals(5 << 8, status);
        return seen;
    }

    private static String event(User user, Debugger debugger) {
        int[] state = debugger.state();
        SignalInfo info = debugger.siginfo();
        assertEquals(TRAP_LWP, info.code());
        assertEquals(state[0] | (long) state[1] << Integer.SIZE, info.address(), "the siginfo has the event, too");
        assertEquals(state[1], debugger.siginfoLid(), "the LWP reports itself");
        assertTrue(debugger.infos().contains(state[1] + " signal"));
        return (state[0] == Ptrace.LWP_CREATE ? "create " : state[0] == Ptrace.LWP_EXIT ? "exit " : "? ") + state[1];
    }

    private static void eachOnce(List<String> seen, String... kinds) {
        assertEquals(THREADS * kinds.length, seen.size());
        assertEquals(seen.size(), new TreeSet<>(seen).size(), "each one once");
        for (String kind : kinds) {
            assertEquals(THREADS, seen.stream().filter(event -> event.startsWith(kind)).count());
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void trace_thread_nolwpevents(String lwp, boolean masked) {
        main(lwp, 3, user -> assertEquals(List.of(), trace(user, 0, masked)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void trace_thread_lwpcreate(String lwp, boolean masked) {
        main(lwp, 3, user -> eachOnce(trace(user, Ptrace.LWP_CREATE, masked), "create"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void trace_thread_lwpexit(String lwp, boolean masked) {
        main(lwp, 1, user -> eachOnce(trace(user, Ptrace.LWP_EXIT, masked), "exit"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void trace_thread_lwpcreate_and_exit(String lwp, boolean masked) {
        main(lwp, 4, user -> eachOnce(trace(user, Ptrace.LWP_CREATE | Ptrace.LWP_EXIT, masked), "create", "exit"));
    }
}
