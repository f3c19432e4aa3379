// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.Ptrace;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of t_ptrace_lwp_wait: what a tracer sees of each LWP, with 0 to 3 of them beside the first. */
class PtraceLwpTest {
    private static final long MS = 1_000_000L;
    private static final int SIG_SETMASK = 3;
    private static final int[] MASKED = {Signal.SIGXCPU, Signal.SIGPIPE, Signal.SIGALRM, Signal.SIGURG};

    /** Every number of LWPs on every revision. */
    static Stream<Arguments> everywhere() {
        return Stream.of("1.47", "1.76.2.1", "1.84").flatMap(PtraceLwpTest::numbers);
    }

    /** Only on those that have PT_LWPSTATUS and PT_LWPNEXT. */
    static Stream<Arguments> later() {
        return Stream.of("1.76.2.1", "1.84").flatMap(PtraceLwpTest::numbers);
    }

    private static Stream<Arguments> numbers(String lwp) {
        return IntStream.rangeClosed(0, 3).mapToObj(n -> Arguments.of(lwp, n));
    }

    private static void main(String lwp, Consumer<User> main) {
        for (int cpus : new int[] {1, 3}) {
            try (TestKernel kernel = new TestKernel(lwp, cpus)) {
                kernel.runToEnd(main);
            }
        }
    }

    /** Masks, names and pointers that can be told apart; every LWP gives itself one of each. */
    private static void dress(User user, int index) {
        user.mask(SIG_SETMASK, Signal.bit(MASKED[index]));
        int lid = user.lwp().lid();
        user.call("_lwp_setname", 0, user.string(512, "thread " + lid));
        user.call("_lwp_setprivate", 0x1000L * lid);
    }

    private static void startOthers(User child, int n) {
        for (int i = 1; i <= n; i++) {
            int index = i;
            child.create(other -> {
                dress(other, index);
                other.park(0);
            });
        }
        dress(child, 0);
        child.sleep(20 * MS);
    }

    /** A child with n more LWPs, which raises SIGXCPU's neighbour SIGUSR1 in its first one. */
    private static Debugger traceMe(User user, int n) {
        Debugger debugger = Debugger.of(user, child -> {
            startOthers(child, n);
            child.raise(Signal.SIGUSR1);
        });
        debugger.awaitStop(Signal.SIGUSR1);
        return debugger;
    }

    private static Debugger attach(User user, int n) {
        Debugger debugger = new Debugger(user, user.fork(child -> {
            startOthers(child, n);
            child.park(0);
        }));
        user.sleep(100 * MS);
        assertEquals(0, debugger.request(Ptrace.PT_ATTACH, 0, 0));
        debugger.awaitStop(Signal.SIGSTOP);
        return debugger;
    }

    private static int first(User user, Debugger debugger) {
        return user.lwp().proc().processes().revision().generation() == kernel.sched.task.Generation.V2009
                || user.lwp().proc().processes().activeRevision() instanceof kernel.lwp.r1762.Revision1762
                ? 1 : debugger.pid();
    }

    private static List<Integer> lids(User user, int pid) {
        List<Integer> lids = new ArrayList<>();
        user.lwp().proc().processes().table().find(pid).forEachLwp(l -> lids.add(l.lid()));
        return lids;
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void traceme_lwpinfo(String lwp, int n) {
        main(lwp, user -> {
            Debugger debugger = traceMe(user, n);
            int first = first(user, debugger);
            List<String> wanted = lids(user, debugger.pid()).stream()
                    .map(lid -> lid == first ? lid + " signal" : lid + "").toList();
            assertEquals(n + 1, wanted.size());
            assertEquals(wanted, debugger.infos(), "the newest first, and then none");
            debugger.killAndBury();
        });
    }

    @ParameterizedTest
    @MethodSource("later")
    void theSignalIsTold(String lwp, int n) {
        main(lwp, user -> {
            Debugger debugger = traceMe(user, n);
            SignalInfo info = debugger.siginfo();
            assertEquals(Signal.SIGUSR1 + " " + SignalInfo.SI_LWP + " " + debugger.pid(),
                    info.signo() + " " + info.code() + " " + info.pid());
            assertEquals(first(user, debugger), debugger.siginfoLid());
            debugger.killAndBury();
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void attach_lwpinfo(String lwp, int n) {
        main(lwp, user -> {
            Debugger debugger = attach(user, n);
            assertEquals(lids(user, debugger.pid()).stream().map(lid -> lid + " signal").toList(), debugger.infos(),
                    "SIGSTOP is for all");
            debugger.killAndBury();
        });
    }

    private static void compare(User user, Debugger debugger, Debugger.Status status, int n) {
        int index = status.lid() - first(user, debugger);
        if (user.lwp().proc().processes().activeRevision() instanceof kernel.lwp.r184.Revision184) {
            index = n - lids(user, debugger.pid()).indexOf(status.lid());
        }
        assertEquals(Signal.bit(MASKED[index]), status.mask(), "pl_sigmask");
        assertEquals("thread " + status.lid(), status.name(), "pl_name");
        assertEquals(0x1000L * status.lid(), status.pointer(), "pl_private");
        assertEquals(0, status.pending(), "pl_sigpend");
    }

    @ParameterizedTest
    @MethodSource("later")
    void traceme_lwpstatus(String lwp, int n) {
        main(lwp, user -> {
            Debugger debugger = traceMe(user, n);
            for (int lid : lids(user, debugger.pid())) {
                Debugger.Status status = debugger.status(Ptrace.PT_LWPSTATUS, lid);
                assertEquals(lid, status.lid());
                compare(user, debugger, status, n);
            }
            debugger.killAndBury();
        });
    }

    @ParameterizedTest
    @MethodSource("later")
    void traceme_lwpnext(String lwp, int n) {
        main(lwp, user -> {
            Debugger debugger = traceMe(user, n);
            int at = 0;
            for (int lid : lids(user, debugger.pid())) {
                Debugger.Status status = debugger.status(Ptrace.PT_LWPNEXT, at);
                assertEquals(lid, status.lid());
                compare(user, debugger, status, n);
                at = lid;
            }
            assertEquals(new Debugger.Status(0, 0, 0, "", 0), debugger.status(Ptrace.PT_LWPNEXT, at));
            debugger.killAndBury();
        });
    }

    /** What was sent to one LWP and not taken shows as pending there; a short buffer gets what fits. */
    @ParameterizedTest
    @MethodSource("later")
    void whatIsPendingAndWhatFits(String lwp, int n) {
        main(lwp, user -> {
            Debugger debugger = Debugger.of(user, child -> {
                dress(child, 0);
                child.raise(Signal.SIGXCPU);
                child.raise(Signal.SIGUSR1);
            });
            debugger.awaitStop(Signal.SIGUSR1);
            assertEquals(Signal.bit(Signal.SIGXCPU), debugger.status(Ptrace.PT_LWPSTATUS, 0).pending());
            long at = user.scratch() + 1024;
            user.store(at, 0);
            user.store(at + 20, -1);
            assertEquals(0, debugger.request(Ptrace.PT_LWPSTATUS, at, 20));
            assertNotEquals(0, user.load(at + 4));
            assertEquals(-1, user.load(at + 20), "behind the buffer");
            user.store(at, 9_999);
            assertEquals(0, debugger.request(Ptrace.PT_LWPSTATUS, at, 64), "the only LWP is meant whatever is named");
            debugger.killAndBury();
        });
    }

    /** suspend_no_deadlock: a process of which every LWP is held cannot go on. */
    @ParameterizedTest
    @MethodSource("later")
    void suspend_no_deadlock(String lwp, int n) {
        main(lwp, user -> {
            Debugger debugger = Debugger.of(user, child -> {
                startOthers(child, n);
                child.raise(Signal.SIGUSR1);
                child.call("exit", 5);
            });
            debugger.awaitStop(Signal.SIGUSR1);
            List<Integer> lids = lids(user, debugger.pid());
            lids.forEach(lid -> assertEquals(0, debugger.request(Ptrace.PT_SUSPEND, 0, lid)));
            assertEquals(lids.stream().map(lid -> lid + " suspended").toList(), debugger.infos());
            assertEquals(Errno.EDEADLK, debugger.request(Ptrace.PT_CONTINUE, Debugger.GO_ON, 0));
            int first = first(user, debugger);
            assertEquals(Errno.EDEADLK, debugger.request(Ptrace.PT_CONTINUE, Debugger.GO_ON, -first));
            assertEquals(0, debugger.request(Ptrace.PT_RESUME, 0, first));
            assertEquals(n == 0 ? 0 : Errno.ESRCH, debugger.request(Ptrace.PT_RESUME, 0, 9_999));
            debugger.goOn(0);
            assertEquals(5 << 8, debugger.await());
        });
    }

    /** resume: of two LWPs that work one is held, then goes on; PT_CONTINUE can also name the one that goes on. */
    @ParameterizedTest
    @MethodSource("later")
    void resume(String lwp, int n) {
        main(lwp, user -> {
            int[] done = new int[2];
            Debugger debugger = Debugger.of(user, child -> {
                child.create(other -> {
                    other.sleep(30 * MS);
                    done[1]++;
                    child.lwp().proc().forEachLwp(l -> { });
                });
                child.raise(Signal.SIGUSR1);
                child.sleep(60 * MS);
                done[0]++;
                child.raise(Signal.SIGUSR2);
                child.sleep(60 * MS);
                child.call("exit", 5);
            });
            debugger.awaitStop(Signal.SIGUSR1);
            int other = lids(user, debugger.pid()).getFirst();
            if (n % 2 == 0) {
                assertEquals(0, debugger.request(Ptrace.PT_SUSPEND, 0, other));
                debugger.goOn(0);
            } else {
                assertEquals(0, debugger.request(Ptrace.PT_CONTINUE, Debugger.GO_ON, -first(user, debugger)));
            }
            debugger.awaitStop(Signal.SIGUSR2);
            assertEquals("1 0", done[0] + " " + done[1], "the first went on, the other did not");
            assertEquals(0, debugger.request(Ptrace.PT_RESUME, 0, other));
            debugger.goOn(0);
            assertEquals(5 << 8, debugger.await());
            assertEquals("1 1", done[0] + " " + done[1]);
        });
    }
}
