// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.proc.Clocks;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopping, continuing, and what parents learn. */
class JobControlTest {
    private static final long MS = 1_000_000L;
    private static final int WNOHANG = 1;
    private static final int WUNTRACED = 2;
    private static final int WCONTINUED = 16;

    private static void main(int cpus, Consumer<User> main) {
        for (String lwp : List.of("1.47", "1.76.2.1", "1.84")) {
            try (TestKernel kernel = new TestKernel(lwp, cpus)) {
                kernel.runToEnd(user -> {
                    user.useStack();
                    main.accept(user);
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void everyLwpStopsAndGoesOn(int cpus) {
        main(cpus, user -> {
            int[] counters = new int[3];
            int pid = user.fork(child -> {
                for (int i = 0; i < 3; i++) {
                    int index = i;
                    child.create(worker -> {
                        while (counters[index] < 100) {
                            counters[index]++;
                            worker.compute(5 * MS);
                        }
                    });
                }
                child.park(0);
                child.sleep(2000 * MS);
            });
            user.sleep(50 * MS);
            assertEquals(0, user.call("kill", pid, Signal.SIGSTOP));
            assertEquals(pid, user.value("wait4", pid, user.scratch(), WUNTRACED));
            assertEquals(Signal.SIGSTOP << 8 | 0x7f, user.load(user.scratch()));
            Proc p = user.lwp().proc().processes().table().find(pid);
            p.forEachLwp(l -> assertEquals(TaskState.LSSTOP, l.state()));
            assertEquals(0, p.runnableCount());
            int[] before = counters.clone();
            user.sleep(200 * MS);
            assertEquals(List.of(before[0], before[1], before[2]),
                    List.of(counters[0], counters[1], counters[2]));
            assertEquals(0, user.value("wait4", pid, user.scratch(), WUNTRACED | WNOHANG), "reported only once");
            assertEquals(0, user.call("kill", pid, Signal.SIGCONT));
            assertEquals(pid, user.value("wait4", pid, user.scratch(), WCONTINUED));
            assertEquals(0xffff, user.load(user.scratch()));
            user.sleep(100 * MS);
            assertTrue(counters[0] + counters[1] + counters[2] > before[0] + before[1] + before[2]);
            assertEquals(0, user.call("kill", pid, Signal.SIGKILL));
            assertEquals(pid, user.value("wait4", pid, user.scratch(), WUNTRACED));
            assertEquals(Signal.SIGKILL, user.load(user.scratch()));
        });
    }

    /** Section 4.5: what becomes of a sleep that a stop, something else and a continue come across. */
    @ParameterizedTest
    @CsvSource({
        "unpark,  0",
        "timeout, 60",
        "nothing, asleep",
        "signal,  asleep",
    })
    void aSleeperThatIsStoppedInPlace(String between, String result) {
        main(1, user -> {
            int[] got = {-1};
            int[] sleeper = new int[1];
            int pid = user.fork(child -> {
                child.useStack();
                child.handle(Signal.SIGUSR1, (in, signo, info, context) -> { });
                sleeper[0] = child.create(parked -> {
                    parked.useStack();
                    long time = 0;
                    if (between.equals("timeout")) {
                        long until = Clocks.BOOT_REALTIME_NANOS
                                + parked.lwp().proc().processes().engine().nowNanos() + 100 * MS;
                        time = parked.timespec(0, until);
                    }
                    boolean old = parked.lwp().proc().processes().revision().provides("___lwp_park50");
                    got[0] = old ? parked.call("___lwp_park50", time, 0, 0, 0)
                            : parked.call("___lwp_park60", 0, 1, time, 0, 0, 0);
                });
                // The newest LWP that could take the stop: it is woken for it, the sleeper is stopped where it is.
                child.create(taker -> taker.sleep(3000 * MS));
                child.sleep(150 * MS);
                if (between.equals("unpark")) {
                    child.unpark(sleeper[0], 0);
                }
                child.sleep(3000 * MS);
            });
            user.sleep(50 * MS);
            user.call("kill", pid, Signal.SIGTSTP);
            user.sleep(20 * MS);
            Proc p = user.lwp().proc().processes().table().find(pid);
            assertEquals(Proc.State.STOPPED, p.state());
            Lwp l = p.anyLwp(sleeper[0]);
            assertEquals(TaskState.LSSTOP, l.state());
            assertTrue(l.parked());
            if (between.equals("unpark")) {
                l.proc().processes().revisionHost().wake(l);
            }
            // It goes to the LWP that was woken for the stop, which is the newest.
            if (between.equals("signal")) {
                user.call("kill", pid, Signal.SIGUSR1);
            }
            user.sleep(200 * MS);
            assertEquals(-1, got[0]);
            assertEquals(TaskState.LSSTOP, l.state());
            user.call("kill", pid, Signal.SIGCONT);
            user.sleep(20 * MS);
            assertEquals(result, got[0] < 0 ? "asleep" : Integer.toString(got[0]));
            user.call("kill", pid, Signal.SIGKILL);
            user.value("wait4", pid, 0, 0);
        });
    }

    @ParameterizedTest
    @CsvSource({
        // flags of SIGCHLD's action, what the child does, codes
        "0, exit,     1",
        "0, killed,   2",
        "0, stop,     5 6 2",
        "8, stop,     2",
    })
    void sigchldSaysWhatHappened(int flags, String what, String codes) {
        main(2, user -> {
            List<String> got = new ArrayList<>();
            assertEquals(0, user.handle(Signal.SIGCHLD, (in, signo, info, context) -> {
                byte[] bytes = new byte[SiginfoWords.BYTES];
                in.lwp().frame().memory().copyin(info, bytes, 0, bytes.length);
                got.add(Integer.toString(new SiginfoWords(8).load(bytes, 0).code()));
            }, flags | SignalAction.SA_RESTART, 0));
            int pid = user.fork(child -> child.call(what.equals("exit") ? "exit" : "__nanosleep50",
                    what.equals("exit") ? 3 : child.timespec(0, 9000 * MS), 0));
            user.sleep(50 * MS);
            if (what.equals("stop")) {
                user.call("kill", pid, Signal.SIGSTOP);
                user.sleep(50 * MS);
                user.call("kill", pid, Signal.SIGCONT);
                user.sleep(50 * MS);
            }
            user.call("kill", pid, Signal.SIGKILL);
            user.sleep(50 * MS);
            user.value("wait4", pid, user.scratch(), 0);
            assertEquals(codes, String.join(" ", got));
        });
    }

    @ParameterizedTest
    @CsvSource({"ignore, 0", "flag, 32"})
    void unwantedChildrenLeaveNoZombies(String how, int flags) {
        main(2, user -> {
            user.sigaction(Signal.SIGCHLD, how.equals("ignore") ? SignalAction.SIG_IGN : SignalAction.SIG_DFL, flags, 0);
            user.fork(child -> child.sleep(50 * MS));
            assertEquals(Errno.ECHILD, user.call("wait4", -1, 0, 0));
        });
    }

    /** A group that an exit orphans while a member is stopped is hung up and continued. */
    @Test
    void anOrphanedStoppedGroupIsReleased() {
        for (String lwp : List.of("1.47", "1.76.2.1", "1.84")) {
            try (TestKernel kernel = new TestKernel(lwp, 2)) {
                int[] grandchild = new int[1];
                Proc p = kernel.spawn(user -> {
                    grandchild[0] = user.fork(child -> {
                        child.call("setpgid", 0, 0);
                        child.sleep(5000 * MS);
                    });
                    user.sleep(50 * MS);
                    user.call("kill", grandchild[0], Signal.SIGTSTP);
                    user.sleep(50 * MS);
                    user.call("exit", 0);
                });
                kernel.run(RunLimit.until(90 * MS));
                Proc child = kernel.kernel().processes().table().find(grandchild[0]);
                assertEquals(Proc.State.STOPPED, child.state());
                kernel.run(RunLimit.until(300 * MS));
                assertEquals(Proc.State.GONE, p.state());
                assertEquals("GONE 1", child.state() + " " + child.exitSignal());
                kernel.assertSound();
            }
        }
    }

    /** SIGTSTP does nothing to an orphaned group. */
    @Test
    void anOrphanedGroupTakesNoStopFromTheTerminal() {
        main(1, user -> {
            int pid = user.fork(child -> {
                child.call("setsid");
                child.raise(Signal.SIGTSTP);
                child.call("exit", 5);
            });
            assertEquals(pid, user.value("wait4", pid, user.scratch(), WUNTRACED));
            assertEquals(5 << 8, user.load(user.scratch()));
        });
    }

    @Test
    void groupsAndSessions() {
        main(1, user -> {
            int self = user.lwp().pid();
            assertEquals(self, user.value("getpgrp"));
            assertEquals(0, user.value("getppid"));
            assertEquals(Errno.EPERM, user.call("setsid"));
            assertEquals(Errno.EPERM, user.call("setpgid", 0, 0));
            int first = user.fork(child -> child.sleep(500 * MS));
            int second = user.fork(child -> {
                assertEquals(self, child.value("getppid"));
                child.sleep(500 * MS);
            });
            assertEquals(Errno.EPERM, user.call("setpgid", second, first));
            assertEquals(0, user.call("setpgid", first, first));
            assertEquals(0, user.call("setpgid", second, first));
            assertEquals(first, user.value("getpgid", second));
            assertEquals(self, user.value("getsid", second));
            assertEquals(Errno.EINVAL, user.call("setpgid", first, -1));
            assertEquals(Errno.ESRCH, user.call("setpgid", 99, 0));
            assertEquals(0, user.call("kill", -first, Signal.SIGTERM));
            assertTrue(List.of((long) first, (long) second).contains(user.value("wait4", -first, user.scratch(), 0)));
            assertEquals(Signal.SIGTERM, user.load(user.scratch()));
            user.value("wait4", -first, 0, 0);
            assertEquals(Errno.ECHILD, user.call("wait4", -first, 0, 0));
        });
    }
}
