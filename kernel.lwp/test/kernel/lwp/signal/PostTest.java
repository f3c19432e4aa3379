// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.SignalWaits;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who takes a signal, and what it does to sleeps. */
class PostTest {
    private static final long MS = 1_000_000L;

    private static void main(Consumer<User> main) {
        for (String lwp : List.of("1.47", "1.76.2.1", "1.84")) {
            try (TestKernel kernel = new TestKernel(lwp, 1)) {
                kernel.runToEnd(user -> {
                    user.useStack();
                    main.accept(user);
                });
            }
        }
    }

    /** A sleeper that notes its handlers and the end of its sleep. */
    private static int sleeper(User user, String name, List<String> log) {
        return user.create(child -> {
            child.useStack();
            log.add(name + " park " + child.park(0));
        });
    }

    private static void noting(User user, int signo, List<String> log, int flags) {
        assertEquals(0, user.handle(signo, (in, number, info, context) -> log.add("handler " + in.lwp().lid()),
                flags, 0));
    }

    /** T-t_sigmask respected_while_running: whoever does not block it, the newest first. */
    @Test
    void aSignalOfTheProcessGoesToTheNewestLwpThatTakesIt() {
        main(user -> {
            List<String> log = new ArrayList<>();
            noting(user, Signal.SIGUSR1, log, 0);
            user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGUSR1));
            int blocked = sleeper(user, "blocked", log);
            user.mask(SignalWaits.SIG_UNBLOCK, Signal.bit(Signal.SIGUSR1));
            int older = sleeper(user, "older", log);
            int newer = sleeper(user, "newer", log);
            user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGUSR1));
            user.sleep(20 * MS);
            assertEquals(0, user.call("kill", user.lwp().pid(), Signal.SIGUSR1));
            user.sleep(20 * MS);
            assertEquals(List.of("handler " + newer, "newer park " + Errno.EINTR), log);
            user.unpark(older, 0);
            user.unpark(blocked, 0);
            user.await(older);
            user.await(blocked);
        });
    }

    @Test
    void aDirectedSignalStaysWithItsLwp() {
        main(user -> {
            List<String> log = new ArrayList<>();
            noting(user, Signal.SIGUSR1, log, 0);
            user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGUSR1));
            int blocked = sleeper(user, "blocked", log);
            user.mask(SignalWaits.SIG_UNBLOCK, Signal.bit(Signal.SIGUSR1));
            user.sleep(20 * MS);
            assertEquals(0, user.call("_lwp_kill", blocked, Signal.SIGUSR1));
            user.sleep(20 * MS);
            assertEquals(List.of(), log);
            assertEquals(Signal.bit(Signal.SIGUSR1), user.lwp().proc().anyLwp(blocked).pendingSignals());
            assertEquals(0, user.lwp().proc().pendingSignals());
            user.unpark(blocked, 0);
            user.await(blocked);
        });
    }

    /** Row 33: the chosen LWP exits, and the others look again. */
    @Test
    void theSignalOfAnLwpThatExitsGoesToAnother() {
        main(user -> {
            List<String> log = new ArrayList<>();
            noting(user, Signal.SIGUSR1, log, 0);
            int chosen = user.create(child -> {
                child.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGUSR1));
                child.lwp().proc().newestLwp();
                child.sleep(100 * MS);
            });
            user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGUSR1));
            user.sleep(20 * MS);
            assertEquals(0, user.call("kill", user.lwp().pid(), Signal.SIGUSR1));
            assertEquals(Signal.bit(Signal.SIGUSR1), user.lwp().proc().pendingSignals());
            assertTrue((user.lwp().proc().anyLwp(chosen).flags() & LwpFlag.LW_PENDSIG) != 0);
            user.await(chosen);
            assertTrue((user.lwp().flags() & LwpFlag.LW_PENDSIG) != 0 || log.isEmpty());
            user.mask(SignalWaits.SIG_UNBLOCK, Signal.bit(Signal.SIGUSR1));
            assertEquals(List.of("handler " + user.lwp().lid()), log);
        });
    }

    /** Row 34 and the defaults: what a signal sent to one LWP does to the process. */
    @ParameterizedTest
    @CsvSource({
        "9,  '', killed",
        "15, '', killed",
        "11, '', killed",
        "20, '', dropped",
        "16, '', dropped",
        "19, '', dropped",
        "28, '', dropped",
        "15, ignore, dropped",
        "15, block, pending",
        "17, '', stopped",
        "18, '', stopped",
        "21, '', stopped",
    })
    void defaultActions(int signo, String how, String outcome) {
        for (String lwp : List.of("1.47", "1.76.2.1", "1.84")) {
            try (TestKernel kernel = new TestKernel(lwp, 1)) {
                Proc p = kernel.spawn(user -> {
                    if (how.equals("ignore")) {
                        user.sigaction(signo, SignalAction.SIG_IGN, 0, 0);
                    }
                    if (how.equals("block")) {
                        user.mask(SignalWaits.SIG_BLOCK, Signal.bit(signo));
                    }
                    int other = user.create(child -> child.park(0));
                    user.sleep(20 * MS);
                    user.call("_lwp_kill", other, signo);
                    user.park(0);
                });
                kernel.run(RunLimit.until(100 * MS));
                assertEquals(outcome, outcome(p, signo));
                kernel.assertSound();
            }
        }
    }

    private static String outcome(Proc p, int signo) {
        if (p.exitSignal() == signo) {
            return "killed";
        }
        if (p.state() == Proc.State.STOPPED) {
            return "stopped";
        }
        boolean pending = p.pendingSignals() != 0 || p.newestLwp().pendingSignals() != 0;
        return pending ? "pending" : "dropped";
    }

    @ParameterizedTest
    @CsvSource({
        // call, flags, its result, how often it was made
        "park,      0x0, 4",
        "park,      0x2, 4",
        "wait,      0x0, 4",
        "wait,      0x2, 0",
        "lwp_wait,  0x0, 4",
        "lwp_wait,  0x2, 0",
        "suspend,   0x0, 0",
        "nanosleep, 0x0, 4",
        "nanosleep, 0x2, 4",
    })
    void restartOrEintr(String call, String flags, int result) {
        main(user -> {
            List<String> log = new ArrayList<>();
            user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGUSR1));
            noting(user, Signal.SIGUSR1, log, Integer.decode(flags));
            int target = user.create(child -> child.sleep(300 * MS));
            int pid = user.fork(child -> child.sleep(300 * MS));
            int[] got = {-1};
            int interrupted = user.create(child -> {
                child.useStack();
                child.mask(SignalWaits.SIG_UNBLOCK, Signal.bit(Signal.SIGUSR1));
                got[0] = switch (call) {
                    case "park" -> child.park(0);
                    case "wait" -> child.call("wait4", pid, 0, 0);
                    case "lwp_wait" -> child.call("_lwp_wait", target, 0);
                    case "nanosleep" -> child.call("__nanosleep50", child.timespec(1024, 200 * MS), 0);
                    default -> child.call("_lwp_suspend", target);
                };
            });
            user.sleep(50 * MS);
            assertEquals(0, user.call("_lwp_kill", interrupted, Signal.SIGUSR1));
            user.sleep(20 * MS);
            assertEquals(List.of("handler " + interrupted), log);
            user.sleep(500 * MS);
            assertEquals(result, got[0]);
            user.call("_lwp_continue", target);
            user.await(interrupted);
        });
    }

    /** Row 31: with every LWP suspended, SIGKILL wakes nobody. */
    @Test
    void killingASuspendedProcessTakesAContinue() {
        for (String lwp : List.of("1.47", "1.76.2.1", "1.84")) {
            try (TestKernel kernel = new TestKernel(lwp, 2)) {
                Proc[] victim = new Proc[1];
                Proc p = kernel.spawn(user -> {
                    victim[0] = user.lwp().proc();
                    int other = user.create(child -> {
                        child.sleep(50 * MS);
                        child.call("_lwp_suspend", user.lwp().lid());
                        child.call("_lwp_suspend", child.lwp().lid());
                    });
                    user.park(0);
                    user.await(other);
                });
                kernel.run(RunLimit.until(200 * MS));
                assertEquals(TaskState.LSSUSPENDED, TestKernel.lwp(p, oldest(p)).state());
                kernel.kernel().kill(p.pid(), Signal.SIGKILL);
                kernel.run(RunLimit.until(400 * MS));
                kernel.assertSound();
            }
        }
    }

    private static int oldest(Proc p) {
        int[] lid = new int[1];
        p.forEachLwp(l -> lid[0] = l.lid());
        return lid[0];
    }

    @Test
    void realTimeSignalsQueueAndOthersDoNot() {
        main(user -> {
            List<String> log = new ArrayList<>();
            noting(user, Signal.SIGUSR1, log, 0);
            noting(user, Signal.SIGRTMIN, log, 0);
            user.mask(SignalWaits.SIG_SETMASK, -1);
            for (int i = 0; i < 3; i++) {
                user.raise(Signal.SIGUSR1);
                user.raise(Signal.SIGRTMIN);
            }
            user.mask(SignalWaits.SIG_SETMASK, Signal.bit(Signal.SIGRTMIN));
            assertEquals(1, log.size());
            user.mask(SignalWaits.SIG_SETMASK, 0);
            assertEquals(4, log.size());
        });
    }

    /** The handler runs with the mask of sigsuspend and returns to the one before. */
    @Test
    void sigsuspendWaitsWithAnotherMask() {
        main(user -> {
            List<Long> masks = new ArrayList<>();
            user.handle(Signal.SIGUSR1, (in, signo, info, context) -> masks.add(in.lwp().signalMask()));
            long usr1 = Signal.bit(Signal.SIGUSR1);
            user.mask(SignalWaits.SIG_SETMASK, usr1);
            user.raise(Signal.SIGUSR1);
            user.storeLong(user.scratch(), Signal.bit(Signal.SIGHUP));
            user.storeLong(user.scratch() + 8, 0);
            assertEquals(Errno.EINTR, user.call("__sigsuspend14", user.scratch()));
            assertEquals(List.of(usr1 | Signal.bit(Signal.SIGHUP)), masks);
            assertEquals(usr1, user.lwp().signalMask());
        });
    }

    @ParameterizedTest
    @CsvSource({
        // when it is sent, timeout in ms (-1: none), result
        "before, -1, 30",
        "while,  -1, 30",
        "while,  500, 30",
        "never,  50, EAGAIN",
        "never,  0, EAGAIN",
    })
    void sigtimedwait(String when, long timeout, String result) {
        main(user -> {
            user.mask(SignalWaits.SIG_SETMASK, -1);
            int self = user.lwp().lid();
            if (when.equals("before")) {
                user.raise(Signal.SIGUSR1);
            }
            int helper = user.create(child -> {
                child.sleep(100 * MS);
                if (when.equals("while")) {
                    child.call("kill", child.lwp().pid(), Signal.SIGUSR1);
                }
            });
            long set = user.scratch();
            user.storeLong(set, Signal.bit(Signal.SIGUSR1));
            long time = timeout < 0 ? 0 : user.timespec(512, timeout * MS);
            int error = user.call("____sigtimedwait50", set, set + 64, time);
            assertEquals(result, error == 0 ? Long.toString(user.lwp().frame().result()) : Errno.name(error));
            if (error == 0) {
                assertEquals(Signal.SIGUSR1, user.load(set + 64));
            }
            assertEquals(0, user.lwp().proc().pendingSignals() | user.lwp().pendingSignals());
            user.await(helper);
            assertEquals(self, user.lwp().lid());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void errorsOfTheCalls(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                long bad = 0xdead_0000L;
                long at = user.scratch();
                assertEquals(Errno.EINVAL, user.sigaction(0, 0, 0, 0));
                assertEquals(Errno.EINVAL, user.sigaction(64, 0, 0, 0));
                assertEquals(Errno.EINVAL, user.sigaction(Signal.SIGKILL, 0, 0, 0));
                assertEquals(Errno.EINVAL, user.sigaction(Signal.SIGSTOP, 0x1000, 0, 0));
                assertEquals(Errno.EINVAL, user.sigaction(Signal.SIGUSR1, 0x1000, 0x100, 0));
                assertEquals(0, user.call("__sigaction_sigtramp", Signal.SIGKILL, 0, at, 0, 0));
                assertEquals(Errno.EFAULT, user.call("__sigaction_sigtramp", Signal.SIGUSR1, bad, 0, 0, 0));
                assertEquals(Errno.EFAULT, user.call("__sigaction_sigtramp", Signal.SIGUSR1, 0, bad, 0, 0));
                user.storeLong(at, 0x1000);
                assertEquals(Errno.EINVAL, user.call("__sigaction_sigtramp", Signal.SIGUSR1, at, 0, 0, 2));
                assertEquals(Errno.EINVAL, user.call("__sigaction_sigtramp", Signal.SIGUSR1, at, 0, 0, 0));
                assertEquals(Errno.EINVAL, user.call("__sigprocmask14", 0, at, 0));
                assertEquals(Errno.EINVAL, user.call("__sigprocmask14", 4, at, 0));
                assertEquals(Errno.EFAULT, user.call("__sigprocmask14", 1, bad, 0));
                assertEquals(0, user.call("__sigprocmask14", 99, 0, at));
                assertEquals(Errno.EFAULT, user.call("__sigpending14", bad));
                assertEquals(Errno.EFAULT, user.call("__sigsuspend14", bad));
                user.storeLong(at + 8, 100);
                user.store(at + 16, 0);
                assertEquals(Errno.ENOMEM, user.call("__sigaltstack14", at, 0));
                user.store(at + 16, 8);
                assertEquals(Errno.EINVAL, user.call("__sigaltstack14", at, 0));
                assertEquals(Errno.EFAULT, user.call("__sigaltstack14", bad, 0));
                assertEquals(Errno.EFAULT, user.call("setcontext", bad));
                user.storeLong(at, 0);
                assertEquals(Errno.EINVAL, user.call("setcontext", at));
                assertEquals(Errno.EINVAL, user.call("kill", user.lwp().pid(), 64));
                assertEquals(Errno.ESRCH, user.call("kill", 99, 0));
                assertEquals(Errno.ESRCH, user.call("kill", -99, 0));
                assertEquals(Errno.ESRCH, user.call("kill", -1, 0));
                assertEquals(Errno.EINVAL, user.call("wait4", -1, 0, 0x100));
            });
        }
    }

    /** KERN_SA: only 1.47 has scheduler activations, and looks at them. */
    @ParameterizedTest
    @CsvSource({
        "1.47,     0, 22, 22, 0",
        "1.76.2.1, 78, 0, 0, 0",
        "1.84,     78, 0, 0, 0",
    })
    void schedulerActivations(String lwp, int register, int create, int suspend, int resume) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                int other = user.create(child -> child.sleep(100 * MS));
                user.sleep(20 * MS);
                assertEquals(register == 0 ? Errno.EINVAL : Errno.ENOSYS, user.call("sa_enable"));
                assertEquals(register, user.call("sa_register", 0x1000, 0, 0, 0));
                long context = user.context(child -> { }, 0);
                assertEquals(create, user.call("_lwp_create", context, 0, context + 1024));
                assertEquals(create, user.call("_lwp_create", create == 0 ? context : 0xdead_0000L, 0, context + 1024));
                assertEquals(suspend, user.call("_lwp_suspend", other));
                assertEquals(resume, user.call("_lwp_continue", other));
                assertEquals(register, user.call("sa_enable"));
                user.await(other);
            });
        }
    }
}
