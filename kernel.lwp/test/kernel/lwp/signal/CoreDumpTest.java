// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.ChildWait;
import kernel.lwp.proc.CoreDump;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.SignalWaits;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.Resource;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Core dumps: which signals leave one, what is in it, and that everybody else is held meanwhile. */
class CoreDumpTest {
    private static final long MS = 1_000_000L;
    private static final int CLD_KILLED = 2;
    private static final int CLD_DUMPED = 3;

    private static List<CoreDump> cores(TestKernel kernel) {
        return kernel.kernel().ask(engine -> kernel.kernel().processes().coreDumps().list());
    }

    @ParameterizedTest
    @ValueSource(ints = {Signal.SIGHUP, Signal.SIGINT, Signal.SIGKILL, Signal.SIGPIPE, Signal.SIGTERM, Signal.SIGXCPU,
        Signal.SIGUSR1, Signal.SIGRTMIN})
    void theseSignalsLeaveNone(int signo) {
        assertEquals(signo, statusAfter(signo, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {Signal.SIGQUIT, Signal.SIGILL, Signal.SIGTRAP, Signal.SIGABRT, Signal.SIGEMT, Signal.SIGFPE,
        Signal.SIGBUS, Signal.SIGSEGV, Signal.SIGSYS})
    void theseSignalsLeaveOne(int signo) {
        assertEquals(signo | ChildWait.COREFLAG, statusAfter(signo, 1));
    }

    private static int statusAfter(int signo, int dumps) {
        int[] status = new int[1];
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                int pid = user.fork(child -> child.sleep(900 * MS));
                user.sleep(20 * MS);
                assertEquals(0, user.call("kill", pid, signo));
                assertEquals(pid, user.value("wait4", pid, user.scratch(), 0, 0));
                status[0] = user.load(user.scratch());
            });
            assertEquals(dumps, cores(kernel).size());
        }
        return status[0];
    }

    /** Sleeps in the kernel, where nothing interrupts it, and goes back to user mode. */
    private static void disk(User user, int ticks) {
        user.lwp().proc().processes().sleep().kpause("disk", ticks, false);
        user.lwp().proc().processes().userReturn().leaveKernel(user.lwp());
    }

    /** Registers of every LWP, wherever it was, and the map. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void allLwpsAreInIt(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            long[] mapped = new long[1];
            Proc p = kernel.spawn(user -> {
                mapped[0] = user.map(4096);
                user.create(child -> {
                    child.call("_lwp_setname", 0, child.string(0, "parked"));
                    child.park(0);
                });
                user.create(child -> child.compute(900 * MS));
                user.create(child -> child.call("_lwp_wait", 0, 0));
                user.create(child -> child.park(0), 0, LwpFlag.LWP_SUSPENDED);
                user.create(child -> disk(child, 5));
                user.sleep(30 * MS);
                user.lwp().registers().sp = 0x7700;
                user.load(64);
            });
            kernel.run();
            assertEquals(Proc.State.GONE, p.state());
            assertEquals("11 true", p.exitSignal() + " " + p.coreDumped());
            CoreDump core = cores(kernel).getFirst();
            assertEquals(p.pid() + " test 11 " + core.lwps().getLast().lid(),
                    core.pid() + " " + core.name() + " " + core.signo() + " " + core.lid());
            assertEquals(6, core.lwps().size());
            assertEquals(0x7700, core.lwps().getLast().registers().sp);
            assertTrue(core.lwps().stream().anyMatch(l -> "parked".equals(l.name())));
            assertTrue(core.ranges().stream().anyMatch(r -> r.start() <= mapped[0] && mapped[0] < r.end()));
            assertTrue(core.bytes() >= 4096);
            kernel.assertSound();
        }
    }

    /** An LWP in a sleep that nothing interrupts is waited for; meanwhile the others are suspended, whatever they do. */
    @ParameterizedTest
    @CsvSource({"1.47, park", "1.84, park", "1.47, wait", "1.84, wait", "1.84, exit", "1.47, exit", "1.84, fault"})
    void theOthersAreHeld(String lwp, String deed) {
        try (TestKernel kernel = new TestKernel(lwp, 4)) {
            Proc p = kernel.spawn(user -> {
                user.create(child -> disk(child, 30));
                user.create(child -> {
                    child.compute(100 * MS);
                    switch (deed) {
                        case "park" -> child.park(0);
                        case "wait" -> child.call("_lwp_wait", 0, 0);
                        case "exit" -> child.call("exit", 3);
                        default -> child.load(64);
                    }
                });
                user.compute(100 * MS);
                user.load(64);
            });
            kernel.run(RunLimit.until(200 * MS));
            assertTrue(p.newestLwp().state() == TaskState.LSSUSPENDED || deed.equals("exit") || deed.equals("fault"));
            kernel.assertSound();
            kernel.run();
            boolean exited = p.exitSignal() == 0;
            assertEquals(exited ? "exit" : deed, deed);
            assertEquals(exited ? 0 : 1, cores(kernel).size());
            assertEquals(Proc.State.GONE, p.state());
            kernel.assertSound();
        }
    }

    /** What nobody could look at yet when the dump began, an LWP that is just created, is held as well. */
    @Test
    void lwpsThatComeMeanwhileAreHeldToo() {
        try (TestKernel kernel = new TestKernel("1.84", 4)) {
            boolean[] ran = new boolean[1];
            Proc p = kernel.spawn(user -> {
                user.create(child -> {
                    var life = child.lwp().proc().processes().lwpLife();
                    child.lwp().proc().processes().sleep().kpause("disk", 20, false);
                    var late = life.create(child.lwp(), false, 0);
                    child.lwp().proc().processes().contexts().begin(child.lwp(), late,
                            child.startContext(other -> ran[0] = true, 0));
                    life.start(child.lwp(), late, 0);
                });
                user.sleep(50 * MS);
                user.load(64);
            });
            kernel.run();
            assertFalse(ran[0]);
            assertEquals("GONE 11 true", p.state() + " " + p.exitSignal() + " " + p.coreDumped());
            kernel.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false, 10, false", "4096, false, 10, false", "-1, false, 10, true", "-1, true, 10, false"})
    void limitsAndChangedUsersForbidIt(long limit, boolean changes, int signo, boolean dumped) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Proc p = kernel.spawn(user -> {
                long at = user.map(8192);
                user.storeLong(at, limit);
                user.storeLong(at + 8, limit);
                assertEquals(0, user.call("setrlimit", Resource.CORE.number(), at));
                if (changes) {
                    assertEquals(0, user.call("setuid", 5));
                }
                user.raise(signo);
            });
            kernel.run();
            assertEquals(signo + " " + dumped, p.exitSignal() + " " + p.coreDumped());
            assertEquals(dumped ? 1 : 0, cores(kernel).size());
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 3", "9, 2"})
    void theParentIsTold(int signo, int code) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                user.handle(Signal.SIGCHLD, (in, number, info, context) -> { });
                long set = user.scratch() + 256;
                user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGCHLD));
                user.storeLong(set, Signal.bit(Signal.SIGCHLD));
                int pid = user.fork(child -> child.raise(signo));
                assertEquals(Signal.SIGCHLD, user.value("____sigtimedwait50", set, set + 32, 0));
                SignalInfo info = new SiginfoWords(Long.BYTES).load(user.bytes(set + 32, SiginfoWords.BYTES), 0);
                assertEquals(pid + " " + (code == CLD_DUMPED ? CLD_DUMPED : CLD_KILLED) + " " + signo,
                        info.pid() + " " + info.code() + " " + info.status());
            });
        }
    }

    @Test
    void onlyTheLastOnesAreKept() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            for (int i = 0; i < 20; i++) {
                kernel.spawn(user -> user.load(64));
                kernel.run();
            }
            assertEquals(16, cores(kernel).size());
            assertEquals(20, cores(kernel).getFirst().pid());
        }
    }

    /** A dump in progress can be killed: the LWPs that are held go on to their end. */
    @Test
    void sigkillContinuesWhoIsHeld() {
        try (TestKernel kernel = new TestKernel("1.84", 4)) {
            Proc p = kernel.spawn(user -> {
                user.create(child -> disk(child, 40));
                user.create(User::scratch);
                user.create(child -> child.compute(900 * MS));
                user.compute(50 * MS);
                user.load(64);
            });
            kernel.run(RunLimit.until(150 * MS));
            assertEquals(TaskState.LSSUSPENDED, p.newestLwp().state());
            kernel.kernel().kill(p.pid(), Signal.SIGKILL);
            kernel.run(RunLimit.until(200 * MS));
            assertTrue(p.newestLwp().state() != TaskState.LSSUSPENDED);
            kernel.run();
            assertEquals(Proc.State.GONE, p.state());
            kernel.assertSound();
        }
    }
}
