// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Ptrace;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may trace whom, the errors of ptrace in their order, and what signals and ends do. */
class PtraceTest {
    private static final long MS = 1_000_000L;
    private static final int WUNTRACED = 2;
    private static final int GO_ON = Debugger.GO_ON;

    private static void main(String lwp, Consumer<User> main) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            kernel.runToEnd(main);
        }
    }

    private static Debugger stopped(User user) {
        Debugger debugger = Debugger.of(user, child -> child.raise(Signal.SIGUSR1));
        debugger.awaitStop(Signal.SIGUSR1);
        return debugger;
    }

    /** Whom a request is about comes first, then what may be asked, then the arguments. */
    @Test
    void requestsThatAreRefused() {
        main("1.84", user -> {
            assertEquals(Errno.ESRCH, user.call("ptrace", Ptrace.PT_ATTACH, 999, 0, 0));
            assertEquals(Errno.ESRCH, user.call("ptrace", 99, 999, 0, 0), "the process before the request");
            assertEquals(Errno.EINVAL, user.call("ptrace", 99, user.lwp().pid(), 0, 0));
            assertEquals(Errno.EINVAL, user.call("ptrace", Ptrace.PT_ATTACH, user.lwp().pid(), 0, 0));
            assertEquals(Errno.EPERM, user.call("ptrace", Ptrace.PT_CONTINUE, user.lwp().pid(), GO_ON, 0));
            assertEquals(Errno.EPERM, user.call("ptrace", Ptrace.PT_TRACE_ME, 0, 0, 0), "nobody could trace it");
            int child = user.fork(own -> own.sleep(50 * MS));
            assertEquals(Errno.EPERM, user.call("ptrace", Ptrace.PT_LWPINFO, child, 0, 0), "not traced: before the size");
            user.value("wait4", child, 0, 0);
        });
    }

    @Test
    void argumentsThatAreRefused() {
        main("1.84", user -> {
            Debugger debugger = stopped(user);
            long at = user.scratch() + 512;
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_CONTINUE, 0, 0));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_CONTINUE, GO_ON, Signal.NSIG));
            assertEquals(Errno.ESRCH, debugger.request(Ptrace.PT_CONTINUE, GO_ON, -9_999));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_DETACH, GO_ON, -1));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_LWPINFO, 8, 7), "the size before the address");
            assertEquals(Errno.EFAULT, debugger.request(Ptrace.PT_LWPINFO, 8, 8));
            user.store(at, 9_999);
            assertEquals(Errno.ESRCH, debugger.request(Ptrace.PT_LWPINFO, at, 8));
            assertEquals(Errno.ESRCH, debugger.request(Ptrace.PT_LWPNEXT, at, 64));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_LWPSTATUS, at, 3));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_LWPSTATUS, at, 65));
            assertEquals(Errno.EFAULT, debugger.request(Ptrace.PT_LWPSTATUS, 8, 64));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_SET_EVENT_MASK, at, 8));
            assertEquals(Errno.EFAULT, debugger.request(Ptrace.PT_SET_EVENT_MASK, 8, 4));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_GET_EVENT_MASK, at, 8));
            assertEquals(Errno.EFAULT, debugger.request(Ptrace.PT_GET_EVENT_MASK, 8, 4));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_GET_PROCESS_STATE, at, 4));
            assertEquals(Errno.EFAULT, debugger.request(Ptrace.PT_GET_PROCESS_STATE, 8, 8));
            assertEquals(Errno.EINVAL, debugger.request(Ptrace.PT_GET_SIGINFO, at, 128));
            assertEquals(Errno.EFAULT, debugger.request(Ptrace.PT_GET_SIGINFO, 8, 136));
            debugger.killAndBury();
        });
    }

    /** A tracer looks only at a stopped process of its own of whose stop it knows. */
    @Test
    void onlyTheTracerOfAStoppedProcess() {
        main("1.84", user -> {
            int[] other = new int[2];
            Debugger debugger = Debugger.of(user, child -> {
                child.sleep(20 * MS);
                child.raise(Signal.SIGUSR1);
            });
            user.sleep(10 * MS);
            assertEquals(Errno.EBUSY, debugger.request(Ptrace.PT_KILL, 0, 0), "it runs");
            assertEquals(Errno.EBUSY, debugger.request(Ptrace.PT_ATTACH, 0, 0), "it is traced");
            user.sleep(20 * MS);
            assertEquals(Errno.EBUSY, debugger.request(Ptrace.PT_KILL, 0, 0), "its stop was not asked for");
            debugger.awaitStop(Signal.SIGUSR1);
            int stranger = user.fork(own -> {
                other[0] = own.call("ptrace", Ptrace.PT_KILL, debugger.pid(), 0, 0);
                other[1] = own.call("ptrace", Ptrace.PT_ATTACH, debugger.pid(), 0, 0);
                own.call("exit", 0);
            });
            user.value("wait4", stranger, 0, 0);
            assertEquals(Errno.EBUSY, other[0]);
            assertEquals(Errno.EBUSY, other[1]);
            debugger.killAndBury();
        });
    }

    @Test
    void anOrdinaryUserAttachesOnlyToItsOwn() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            int[] errors = new int[2];
            Proc root = kernel.spawn(user -> user.sleep(200 * MS));
            Proc own = kernel.spawn(7, user -> user.sleep(200 * MS));
            kernel.spawn(7, user -> {
                errors[0] = user.call("ptrace", Ptrace.PT_ATTACH, root.pid(), 0, 0);
                errors[1] = user.call("ptrace", Ptrace.PT_ATTACH, own.pid(), 0, 0);
                user.value("wait4", own.pid(), 0, 0);
                user.call("ptrace", Ptrace.PT_DETACH, own.pid(), GO_ON, 0);
            });
            kernel.run();
            assertEquals(Errno.EPERM, errors[0]);
            assertEquals(0, errors[1]);
            kernel.assertSound();
        }
    }

    /** 2009 had PT_LWPINFO and the requests before it. */
    @Test
    void whatCameLaterIsUnknownIn2009() {
        main("1.47", user -> {
            Debugger debugger = stopped(user);
            for (int request : new int[] {Ptrace.PT_SUSPEND, Ptrace.PT_RESUME, Ptrace.PT_LWPSTATUS, Ptrace.PT_LWPNEXT,
                Ptrace.PT_SET_EVENT_MASK, Ptrace.PT_GET_EVENT_MASK, Ptrace.PT_GET_PROCESS_STATE,
                Ptrace.PT_GET_SIGINFO}) {
                assertEquals(Errno.EINVAL, debugger.request(request, user.scratch(), 8), "request " + request);
            }
            assertEquals(1, debugger.infos().size());
            debugger.killAndBury();
        });
    }

    /** What the tracer lets a process go on with, and what becomes of it. */
    @ParameterizedTest
    @CsvSource({
        // raised, let pass, status of the child
        "SIGUSR1, 0, exit 3",
        "SIGUSR1, SIGUSR1, SIGUSR1",
        "SIGUSR1, SIGTERM, SIGTERM",
        "SIGUSR1, SIGKILL, SIGKILL",
        "SIGCHLD, 0, exit 3", // ignored, but a tracer sees it
        "SIGCONT, SIGCONT, exit 3",
        "SIGSTOP, 0, exit 3"
    })
    void aSignalStopsItAndTheTracerDecides(String raised, String passed, String ends) {
        main("1.84", user -> {
            Debugger debugger = Debugger.of(user, child -> {
                child.raise(signal(raised));
                child.call("exit", 3);
            });
            debugger.awaitStop(signal(raised));
            assertEquals(signal(raised), debugger.siginfo().signo());
            debugger.goOn(passed.equals("0") ? 0 : signal(passed));
            assertEquals(ends.startsWith("exit") ? 3 << 8 : signal(ends), debugger.await());
        });
    }

    private static int signal(String name) {
        for (int signo = 1; signo < Signal.NSIG; signo++) {
            if (name.equals(Signal.name(signo))) {
                return signo;
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** A stop signal keeps it stopped, and is reported again. */
    @Test
    void goingOnWithAStopSignalIsAnotherStop() {
        main("1.84", user -> {
            Debugger debugger = stopped(user);
            debugger.goOn(Signal.SIGTSTP);
            debugger.awaitStop(Signal.SIGTSTP);
            debugger.goOn(0);
            assertEquals(0, debugger.await());
        });
    }

    /** SIGCONT from others does not continue a traced process; it is seen when that goes on. */
    @Test
    void onlyTheTracerContinuesIt() {
        main("1.84", user -> {
            Debugger debugger = stopped(user);
            assertEquals(0, user.call("kill", debugger.pid(), Signal.SIGCONT));
            user.sleep(50 * MS);
            assertEquals(0, user.value("wait4", debugger.pid(), 0, WUNTRACED | 1), "still stopped");
            debugger.goOn(0);
            debugger.awaitStop(Signal.SIGCONT);
            debugger.goOn(0);
            assertEquals(0, debugger.await());
        });
    }

    /** SIGKILL needs nobody's leave. */
    @Test
    void aKillFromOutsideEndsIt() {
        main("1.84", user -> {
            Debugger debugger = stopped(user);
            assertEquals(0, user.call("kill", debugger.pid(), Signal.SIGKILL));
            assertEquals(Signal.SIGKILL, debugger.await());
        });
    }

    /** A handler runs for a signal that the tracer lets pass, with the mask and the siginfo of the sender. */
    @Test
    void handlersRunForWhatTheTracerLetsPass() {
        main("1.84", user -> {
            Debugger debugger = Debugger.of(user, child -> {
                int[] handled = new int[1];
                child.useStack();
                child.handle(Signal.SIGUSR1, (in, signo, info, context) -> handled[0] = in.load(info + 4));
                child.raise(Signal.SIGUSR1);
                child.call("exit", handled[0] == kernel.lwp.machine.SignalInfo.SI_LWP ? 5 : 6);
            });
            debugger.awaitStop(Signal.SIGUSR1);
            debugger.goOn(Signal.SIGUSR1);
            assertEquals(5 << 8, debugger.await());
        });
    }

    /** Detaching gives the process back to the parent it had; the tracer has no child any more. */
    @Test
    void detachingGivesItBack() {
        main("1.84", user -> {
            int victim = user.fork(own -> {
                own.sleep(100 * MS);
                own.call("exit", 9);
            });
            int debugger = user.fork(own -> {
                assertEquals(0, own.call("ptrace", Ptrace.PT_ATTACH, victim, 0, 0));
                assertEquals(victim, own.value("wait4", victim, own.scratch(), 0));
                assertEquals(0, own.call("ptrace", Ptrace.PT_DETACH, victim, GO_ON, 0));
                assertEquals(Errno.ECHILD, own.call("wait4", victim, 0, 0));
                own.call("exit", 0);
            });
            user.value("wait4", debugger, user.scratch(), 0);
            assertEquals(0, user.load(user.scratch()));
            assertEquals(victim, user.value("wait4", victim, user.scratch(), 0));
            assertEquals(9 << 8, user.load(user.scratch()));
        });
    }

    /** First the tracer collects a process that ended, then the parent it had. */
    @Test
    void bothLearnOfTheEnd() {
        main("1.84", user -> {
            int victim = user.fork(own -> {
                own.sleep(50 * MS);
                own.call("exit", 9);
            });
            int debugger = user.fork(own -> {
                assertEquals(0, own.call("ptrace", Ptrace.PT_ATTACH, victim, 0, 0));
                own.value("wait4", victim, 0, 0);
                assertEquals(0, own.call("ptrace", Ptrace.PT_CONTINUE, victim, GO_ON, 0));
                assertEquals(victim, own.value("wait4", victim, own.scratch(), 0));
                assertEquals(9 << 8, own.load(own.scratch()));
                own.call("exit", 1);
            });
            user.sleep(10 * MS);
            assertEquals(Errno.ECHILD, user.call("wait4", victim, 0, 0), "it is the tracer's child now");
            assertEquals(debugger, user.value("wait4", debugger, user.scratch(), 0));
            assertEquals(1 << 8, user.load(user.scratch()));
            assertEquals(victim, user.value("wait4", victim, user.scratch(), 0));
            assertEquals(9 << 8, user.load(user.scratch()));
        });
    }

    /** A tracer that exits takes what it traces with it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoTracesAndExitsKills(boolean waits) {
        main("1.84", user -> {
            int victim = user.fork(own -> own.park(0));
            int debugger = user.fork(own -> {
                assertEquals(0, own.call("ptrace", Ptrace.PT_ATTACH, victim, 0, 0));
                if (waits) {
                    own.value("wait4", victim, 0, 0);
                }
                own.call("exit", 0);
            });
            assertEquals(debugger, user.value("wait4", debugger, 0, 0));
            assertEquals(victim, user.value("wait4", victim, user.scratch(), 0));
            assertEquals(Signal.SIGKILL, user.load(user.scratch()));
        });
    }

    /** A process that stopped before it is attached to stays stopped, and the tracer is told. */
    @Test
    void attachingToAStoppedProcess() {
        main("1.84", user -> {
            int victim = user.fork(own -> own.call("exit", own.park(0)));
            user.sleep(10 * MS);
            assertEquals(0, user.call("kill", victim, Signal.SIGSTOP));
            user.value("wait4", victim, 0, WUNTRACED);
            Debugger debugger = new Debugger(user, victim);
            assertEquals(0, debugger.request(Ptrace.PT_ATTACH, 0, 0));
            debugger.awaitStop(Signal.SIGSTOP);
            debugger.killAndBury();
        });
    }

    /** A process of the outside can be traced as well, and goes back to nobody. */
    @Test
    void attachingToAProcessOfTheOutside() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            Proc victim = kernel.spawn(user -> user.park(0));
            Proc tracer = kernel.spawn(user -> {
                Debugger debugger = new Debugger(user, victim.pid());
                assertEquals(0, debugger.request(Ptrace.PT_ATTACH, 0, 0));
                debugger.awaitStop(Signal.SIGSTOP);
                user.sleep(50 * MS);
                debugger.killAndBury();
            });
            kernel.run(RunLimit.until(30 * MS));
            assertTrue(victim.parent() == tracer);
            kernel.run();
            assertEquals("GONE 9 GONE", victim.state() + " " + victim.exitSignal() + " " + tracer.state());
            kernel.assertSound();
        }
    }
}
