// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.ChildWait;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Processes;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.SyncObject;

/** For each quirk a program that can tell whether it is on, and what it then says. */
final class QuirkScenarios {
    private static final long MS = 1_000_000L;
    private static final long BAD_ADDRESS = 8;
    private static final int NOT_BACK = -1;
    private static final List<String> ALL = List.of("1.47", "1.76.2.1", "1.84");
    private static final List<String> MODERN = List.of("1.76.2.1", "1.84");

    /**
     * What a program says.
     *
     * @param revisions those whose kernels can get into the situation
     * @param off what it says while the quirk is off
     * @param program notes what it sees in the array
     */
    record Scenario(List<String> revisions, int cpus, String on, String off, Program program) {
    }

    /** A program that says something. */
    interface Program {
        void run(User user, String[] says);
    }

    private QuirkScenarios() {
    }

    private static Scenario says(String on, String off, Program program) {
        return new Scenario(ALL, 1, on, off, program);
    }

    static Scenario of(LwpQuirk quirk) {
        return switch (quirk) {
            case TIMEOUT_BEATS_WAKE -> says("ETIMEDOUT", "0", QuirkScenarios::timeoutMeetsWake);
            case UNPARK_ALL_SKIPS_MISSING -> says("0", "ESRCH", (user, says) ->
                    says[0] = name(user.call("_lwp_unpark_all", list(user, 99), 1, 0)));
            case UNPARK_FINDS_ZOMBIES -> new Scenario(MODERN, 1, "0", "ESRCH", (user, says) -> {
                int a = user.create(child -> { });
                user.sleep(20 * MS);
                says[0] = name(user.unpark(a, 0));
            });
            case ABSOLUTE_TIME_UNCHECKED -> new Scenario(MODERN, 1, "ETIMEDOUT", "EINVAL", (user, says) -> {
                long at = user.timespec(256, 0);
                user.storeLong(at + 8, 1000 * MS);
                says[0] = name(user.call("___lwp_park60", 3, 1, at, 0, 0, 0));
            });
            case SUSPEND_SLEEPS_FIRST -> says("asleep", "0", QuirkScenarios::suspendTwice);
            case SELF_SUSPEND_SLEEPS -> says("LSSLEEP", "LSSUSPENDED", (user, says) -> {
                int a = user.create(child -> child.call("_lwp_suspend", child.lwp().lid()));
                user.sleep(50 * MS);
                says[0] = user.lwp().proc().anyLwp(a).state().name();
            });
            case CONTINUE_FORGETS_SUSPENDER -> says("asleep", "0", QuirkScenarios::continueBeforeSuspended);
            case SUSPEND_ALWAYS_RESTARTS -> says("asleep", "EINTR", QuirkScenarios::interruptSuspend);
            case SUSPEND_KEEPS_OLD_TARGET -> says("asleep", "ESRCH", QuirkScenarios::recycleTarget);
            case WAKEUP_COUNTS_TWICE -> says("EINTR EALREADY", "EINTR asleep", QuirkScenarios::wakeOnce);
            case EXPIRED_PARK_KEEPS_UNPARK -> says("ETIMEDOUT", "EALREADY", (user, says) -> {
                user.unpark(user.lwp().lid(), 0);
                boolean absolute = processes(user).revision().provides("___lwp_park50");
                says[0] = name(timedPark(user, absolute ? -1000 * MS : 0, 0, 0));
            });
            case UNPARK_BEFORE_TIME_CHECK -> says("EINVAL pending", "EINVAL", (user, says) ->
                    says[0] = name(timedPark(user, 0, -1, user.lwp().lid()))
                            + (pending(user.lwp()) ? " pending" : ""));
            case REMAINING_TIME_NEGATIVE -> new Scenario(MODERN, 2, "negative", "0", QuirkScenarios::wakeLate);
            case COUNT_NARROWED -> says("0", "EINVAL", (user, says) ->
                    says[0] = name(user.call("_lwp_unpark_all", list(user, user.lwp().lid()), (1L << 32) + 1, 0)));
            case DUPLICATE_UNPARK_PENDS -> says("pending", "woken", (user, says) -> {
                int a = user.create(child -> child.park(0));
                user.sleep(20 * MS);
                assertEquals(0, user.call("_lwp_unpark_all", list(user, a, a), 2, 0));
                says[0] = pending(user.lwp().proc().anyLwp(a)) ? "pending" : "woken";
            });
            case WAIT_CYCLE_UNSEEN -> says("asleep", "EDEADLK", QuirkScenarios::waitInACircle);
            case WAIT_RESULT_LOST -> says("EFAULT ESRCH", "EFAULT 0", (user, says) -> {
                int a = user.create(child -> { });
                user.sleep(20 * MS);
                says[0] = name(user.call("_lwp_wait", a, BAD_ADDRESS)) + " " + name(user.await(a));
            });
            case PRIVATE_ERROR_IGNORED -> new Scenario(List.of("1.47"), 1, "0 -1", "EINVAL 0", QuirkScenarios::setPrivate);
            case PRIVATE_NOT_ROLLED_BACK ->
                    new Scenario(MODERN, 1, "EINVAL -1", "EINVAL 0", QuirkScenarios::setPrivate);
            case THREAD_COUNT_LEAKS -> new Scenario(List.of("exhausted"), 1, "EAGAIN 1", "EAGAIN 0", (user, says) -> {
                long at = user.context(child -> { }, 0);
                int error = user.call("_lwp_create", at, 0, at + 1024);
                says[0] = name(error) + " " + processes(user).threadsOf(0);
            });
            case THREAD_CHARGED_TO_CREATOR -> new Scenario(ALL, 2, "drifted", "exact", QuirkScenarios::changeUsers);
            case BLOCK_KEEPS_COUNT -> says("old count", "fresh", QuirkScenarios::reuseBlock);
            case KILL_LEAVES_SUSPENDED -> says("lives", "killed", QuirkScenarios::killSuspended);
            case EXIT_MARK_OVERWRITTEN -> says("-1", "-2", (user, says) -> {
                long[] block = new long[1];
                user.create(child -> block[0] = control(child));
                user.sleep(20 * MS);
                says[0] = Integer.toString(user.load(block[0]));
            });
            case START_BEFORE_ID_STORED -> says("EFAULT ran", "EFAULT", (user, says) -> {
                String[] ran = {""};
                long at = user.context(child -> ran[0] = " ran", 0);
                int error = user.call("_lwp_create", at, 0, BAD_ADDRESS);
                user.sleep(20 * MS);
                says[0] = name(error) + ran[0];
            });
            case TRANSFER_DROPS_FLAGS -> says("lost", "kept", QuirkScenarios::transfer);
        };
    }

    /** One LWP makes others while the process goes from one user to another. */
    private static void changeUsers(User user, String[] says) {
        boolean[] done = new boolean[1];
        int maker = user.create(child -> {
            for (int i = 0; i < 200; i++) {
                child.await(child.create(other -> { }));
            }
            done[0] = true;
        });
        int users = 7;
        for (int i = 0; !done[0]; i++) {
            assertEquals(0, user.call("setreuid", 1 + i % users, 0));
            user.compute(i % 13 * 100);
        }
        user.await(maker);
        boolean exact = true;
        for (int uid = 0; uid <= users; uid++) {
            exact &= processes(user).threadsOf(uid) == 0;
        }
        says[0] = exact ? "exact" : "drifted";
    }

    /** A child whose only LWP left is suspended. */
    private static void killSuspended(User user, String[] says) {
        int pid = user.fork(child -> {
            child.create(other -> other.park(0), 0, LwpFlag.LWP_SUSPENDED);
            child.sleep(20 * MS);
            child.call("_lwp_exit");
        });
        user.sleep(50 * MS);
        assertEquals(0, user.call("kill", pid, Signal.SIGKILL));
        user.sleep(50 * MS);
        says[0] = user.value("wait4", pid, 0, ChildWait.WNOHANG) == pid ? "killed" : "lives";
    }

    private static String name(int errno) {
        return errno == NOT_BACK ? "asleep" : errno == 0 ? "0" : Errno.name(errno);
    }

    private static Processes processes(User user) {
        return user.lwp().proc().processes();
    }

    private static boolean pending(Lwp lwp) {
        return (lwp.flags() & LwpFlag.LW_UNPARKED) != 0;
    }

    private static long list(User user, int... lids) {
        long at = user.scratch() + 512;
        for (int i = 0; i < lids.length; i++) {
            user.store(at + 4L * i, lids[i]);
        }
        return at;
    }

    /** Parks with an absolute time on the wall clock, or a relative one, as the revision has it. */
    private static int timedPark(User user, long nanos, long extraNanos, int unpark) {
        boolean old = processes(user).revision().provides("___lwp_park50");
        long now = old ? processes(user).clocks().nanos(LwpRevisionHost.CLOCK_REALTIME) : 0;
        long at = user.timespec(256, now + nanos);
        if (extraNanos != 0) {
            user.storeLong(at + 8, extraNanos);
        }
        return old ? user.call("___lwp_park50", at, unpark, 0, 0)
                : user.call("___lwp_park60", 3, 0, at, unpark, 0, 0);
    }

    /** Puts an LWP before all that compute. */
    private static void first(Lwp lwp, int priority) {
        lwp.setSchedClass(SchedClass.FIFO);
        lwp.proc().processes().dispatcher().changePriority(lwp, Priority.USER_RT + priority);
    }

    private static void timeoutMeetsWake(User user, String[] says) {
        int[] result = {NOT_BACK};
        int a = user.create(child -> result[0] = timedPark(child, 100 * MS, 0, 0));
        user.sleep(20 * MS);
        first(user.lwp(), 0);
        user.compute(80 * MS - processes(user).engine().nowNanos());
        assertEquals(NOT_BACK, result[0]);
        user.unpark(a, 0);
        user.compute(100 * MS);
        user.await(a);
        says[0] = name(result[0]);
    }

    /** An LWP that is suspended; it was parked. */
    private static int suspended(User user) {
        int a = user.create(child -> child.park(0));
        user.sleep(20 * MS);
        assertEquals(0, user.call("_lwp_suspend", a));
        return a;
    }

    private static void suspendTwice(User user, String[] says) {
        int a = suspended(user);
        int[] result = {NOT_BACK};
        user.create(child -> result[0] = child.call("_lwp_suspend", a));
        user.sleep(50 * MS);
        says[0] = name(result[0]);
    }

    private static void continueBeforeSuspended(User user, String[] says) {
        int[] result = {NOT_BACK};
        int[] busy = new int[1];
        user.create(child -> {
            first(child.lwp(), 2);
            child.sleep(50 * MS);
            result[0] = child.call("_lwp_suspend", busy[0]);
        });
        user.sleep(20 * MS);
        busy[0] = user.create(child -> child.compute(10_000 * MS));
        first(user.lwp(), 1);
        user.compute(100 * MS);
        assertEquals(LwpFlag.LW_WSUSPEND, user.lwp().proc().anyLwp(busy[0]).flags() & LwpFlag.LW_WSUSPEND);
        assertEquals(0, user.call("_lwp_continue", busy[0]));
        user.sleep(50 * MS);
        says[0] = name(result[0]);
    }

    private static void interruptSuspend(User user, String[] says) {
        int a = suspended(user);
        int[] result = {NOT_BACK};
        // Only a suspender that sleeps can be interrupted.
        processes(user).quirks().choose(LwpQuirk.SUSPEND_SLEEPS_FIRST, true);
        int b = user.create(child -> result[0] = child.call("_lwp_suspend", a));
        user.sleep(20 * MS);
        assertEquals(0, user.call("_lwp_wakeup", b));
        user.sleep(50 * MS);
        says[0] = name(result[0]);
    }

    /** The target exits with its suspension pending, and another LWP gets its id before the suspender runs again. */
    private static void recycleTarget(User user, String[] says) {
        Proc p = user.lwp().proc();
        Lwp target = user.lwp();
        user.create(director -> {
            int[] result = {NOT_BACK};
            first(director.lwp(), 9);
            director.sleep(20 * MS);
            assertEquals(0, director.call("_lwp_suspend", target.lid()));
            director.create(child -> {
                first(child.lwp(), 1);
                result[0] = child.call("_lwp_suspend", target.lid());
            });
            director.sleep(20 * MS);
            first(target, 8);
            assertEquals(0, director.call("_lwp_continue", target.lid()));
            assertEquals(0, director.await(target.lid()));
            p.lastLid(0);
            assertEquals(target.lid(), director.create(child -> child.park(0)));
            director.sleep(50 * MS);
            says[0] = name(result[0]);
            director.call("exit", 0);
        });
        user.park(0);
        processes(user).revisionHost().suspendAtBoundary(target);
        user.call("_lwp_exit");
    }

    private static void wakeOnce(User user, String[] says) {
        int[] result = {NOT_BACK, NOT_BACK};
        int a = user.create(child -> {
            result[0] = child.park(0);
            result[1] = child.park(0);
        });
        user.sleep(20 * MS);
        assertEquals(0, user.call("_lwp_wakeup", a));
        user.sleep(20 * MS);
        says[0] = name(result[0]) + " " + name(result[1]);
    }

    /** 10 ms are asked for, the timer fires after 20, the wake-up comes after 14. */
    private static void wakeLate(User user, String[] says) {
        long[] left = new long[1];
        int a = user.create(child -> {
            long at = child.timespec(256, 10 * MS);
            child.sleep(20 * MS);
            assertEquals(0, child.call("___lwp_park60", 3, 0, at, 0, 0, 0));
            left[0] = child.timeAt(at);
        });
        while (!user.lwp().proc().anyLwp(a).parked()) {
            user.compute(10_000);
        }
        user.compute(14 * MS);
        assertEquals(0, user.unpark(a, 0));
        assertEquals(0, user.await(a));
        says[0] = left[0] < 0 ? "negative" : Long.toString(left[0]);
    }

    private static void waitInACircle(User user, String[] says) {
        int[] lids = new int[3];
        int[] result = {NOT_BACK};
        for (int i = 0; i < lids.length; i++) {
            int index = i;
            lids[i] = user.create(child -> {
                child.sleep((1 + index) * 20 * MS);
                int error = child.await(lids[(index + 1) % lids.length]);
                result[0] = index == lids.length - 1 ? error : result[0];
            });
        }
        user.sleep(200 * MS);
        says[0] = name(result[0]);
    }

    private static void setPrivate(User user, String[] says) {
        int error = user.call("_lwp_setprivate", -1);
        says[0] = name(error) + " " + user.value("_lwp_getprivate");
    }

    private static long control(User user) {
        long at = user.scratch() + 2048;
        assertEquals(0, user.call("_lwp_ctl", 3, at));
        return user.loadLong(at);
    }

    private static void reuseBlock(User user, String[] says) {
        Consumer<User> count = child -> {
            long block = control(child);
            says[0] = child.load(block + 4) > 3 ? "old count" : "fresh";
            for (int i = 0; i < 10; i++) {
                child.sleep(20 * MS);
            }
        };
        for (int i = 0; i < 2; i++) {
            assertEquals(0, user.await(user.create(count)));
        }
    }

    private static void transfer(User user, String[] says) {
        Processes processes = processes(user);
        long from = 0x7700;
        long to = 0x9900;
        int a = user.create(child -> processes.sleep().tsleep(from, "from", 0, false));
        user.sleep(20 * MS);
        Lwp sleeper = user.lwp().proc().anyLwp(a);
        processes.revisionHost().suspendAtBoundary(sleeper);
        SleepQueue next = processes.sleep().table().lookup(to);
        processes.sleep().lock(sleeper);
        next.lock().enterNow();
        processes.sleep().transfer(sleeper, next, to, "to", SyncObject.SLEEP, false);
        next.lock().exit();
        processes.sleep().table().lookup(from).lock().exit();
        says[0] = (sleeper.flags() & LwpFlag.LW_WSUSPEND) != 0 ? "kept" : "lost";
        processes.sleep().wakeup(to);
    }
}
