// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.proc.Credentials;
import kernel.lwp.proc.SignalWaits;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** setuid, seteuid and setreuid: who may become whom, and what moves with the user. */
class CredentialCallsTest {
    private static final long MS = 1_000_000L;

    /** Brings a process of the superuser to real, effective and saved ids. */
    private static void become(User user, int real, int effective, int saved) {
        assertEquals(0, user.call("setreuid", real, saved == real ? -1 : saved));
        if (saved == real) {
            assertEquals(0, user.call("setuid", real));
        }
        if (effective != user.lwp().proc().credentials().euid()) {
            assertEquals(0, user.call("seteuid", effective));
        }
        assertEquals(new Credentials(real, effective, saved), user.lwp().proc().credentials());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # real, effective, saved | call | arguments | outcome, and the ids afterwards
            5 5 5 | setuid   | 5     | 0 5 5 5
            5 5 5 | setuid   | 6     | EPERM 5 5 5
            5 6 6 | setuid   | 6     | EPERM 5 6 6
            5 6 6 | setuid   | 5     | 0 5 5 5
            5 5 5 | setuid   | -1    | 0 5 5 5
            5 5 6 | seteuid  | 6     | 0 5 6 6
            5 6 6 | seteuid  | 5     | 0 5 5 6
            5 6 6 | seteuid  | 7     | EPERM 5 6 6
            5 6 6 | seteuid  | -1    | 0 5 6 6
            5 6 6 | setreuid | 6 5   | 0 6 5 5
            5 6 6 | setreuid | -1 5  | 0 5 5 6
            5 5 6 | setreuid | 6 -1  | EPERM 5 5 6
            5 5 6 | setreuid | -1 6  | 0 5 6 6
            5 5 6 | setreuid | 5 7   | EPERM 5 5 6
            0 0 0 | setuid   | 9     | 0 9 9 9
            0 0 0 | setreuid | 9 -1  | 0 9 0 0
            0 0 0 | setreuid | -1 9  | 0 0 9 0
            0 0 0 | seteuid  | 9     | 0 0 9 0
            """)
    void whoMayBecomeWhom(String ids, String call, String arguments, String expected) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                int[] from = numbers(ids);
                if (from[0] != 0) {
                    become(user, from[0], from[1], from[2]);
                }
                int[] to = numbers(arguments);
                int error = to.length == 1 ? user.call(call, to[0]) : user.call(call, to[0], to[1]);
                Credentials now = user.lwp().proc().credentials();
                assertEquals(expected, (error == 0 ? "0" : Errno.name(error)) + " " + now.uid() + " " + now.euid()
                        + " " + now.savedUid());
                assertEquals(now.uid(), user.value("getuid"));
                assertEquals(now.euid(), user.value("geteuid"));
            });
        }
    }

    private static int[] numbers(String text) {
        return java.util.Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    /** Only a real change counts, and children inherit it. */
    @Test
    void aChangeIsRemembered() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                assertEquals(0, user.call("setuid", 0));
                assertEquals(0, user.value("issetugid"));
                assertEquals(0, user.call("seteuid", 4));
                assertEquals(1, user.value("issetugid"));
                int pid = user.fork(child -> child.call("exit", child.value("issetugid")));
                assertEquals(pid, user.value("wait4", pid, user.scratch()));
                assertEquals(1 << 8, user.load(user.scratch()));
            });
        }
    }

    /** Processes and LWPs beyond the first are charged to the real user; what exits later is taken from the new one. */
    @ParameterizedTest
    @CsvSource({"1.47", "1.76.2.1", "1.84"})
    void whatIsChargedMovesWithTheRealUser(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            var processes = kernel.kernel().processes();
            kernel.runToEnd(user -> {
                int one = user.create(child -> child.sleep(100 * MS));
                int two = user.create(child -> child.sleep(100 * MS));
                assertEquals("2 1", processes.threadsOf(0) + " " + processes.processesOf(0));
                assertEquals(0, user.call("setreuid", 5, 0));
                assertEquals("0 0", processes.threadsOf(0) + " " + processes.processesOf(0));
                assertEquals("2 1", processes.threadsOf(5) + " " + processes.processesOf(5));
                assertEquals(0, user.call("seteuid", 5));
                assertEquals("2 1", processes.threadsOf(5) + " " + processes.processesOf(5));
                user.await(one);
                user.await(two);
                assertEquals(0, processes.threadsOf(5));
                assertEquals(0, user.create(child -> { }) > 0 ? 0 : 1);
            });
            assertEquals("0 0", processes.threadsOf(5) + " " + processes.processesOf(5));
            kernel.assertSound();
        }
    }

    /** The effective user decides what limits bind, the real one whose count it is. */
    @Test
    void aSetuidProgramIsNotBoundByTheThreadLimit() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                user.lwp().proc().limits().set(Resource.NTHR, 0, 0);
                assertEquals(0, user.call("setreuid", 5, 0));
                user.create(child -> { });
                assertEquals(0, user.call("seteuid", 5));
                long at = user.context(child -> { }, 0);
                assertEquals(Errno.EAGAIN, user.call("_lwp_create", at, 0, at + 1024));
            });
        }
    }

    /** One of the sender's two ids has to be one of the receiver's, which is told the effective one. */
    @ParameterizedTest
    @CsvSource({"5, 7, EPERM", "6, 7, 0", "5, 6, 0", "5, 0, 0"})
    void theUserDecidesWhoMaySend(int real, int effective, String expected) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            int[] told = {-1};
            var other = kernel.spawn(6, user -> {
                long set = user.scratch() + 256;
                user.mask(SignalWaits.SIG_BLOCK, Signal.bit(Signal.SIGUSR1));
                user.storeLong(set, Signal.bit(Signal.SIGUSR1));
                assertEquals(Signal.SIGUSR1, user.value("____sigtimedwait50", set, set + 32, 0));
                told[0] = new SiginfoWords(Long.BYTES).load(user.bytes(set + 32, SiginfoWords.BYTES), 0).uid();
            });
            kernel.runToEnd(user -> {
                user.sleep(20 * MS);
                assertEquals(0, user.call("setreuid", real, effective));
                int error = user.call("kill", other.pid(), Signal.SIGUSR1);
                assertEquals(expected, error == 0 ? "0" : Errno.name(error));
            });
            assertEquals(expected.equals("0") ? effective : -1, told[0]);
        }
    }
}
