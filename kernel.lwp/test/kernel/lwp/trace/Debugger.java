// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.Ptrace;
import kernel.lwp.signal.Signal;

/** A process that traces a child of its own, and what it sees. */
final class Debugger {
    static final int GO_ON = 1;
    private static final int AT = 1024;
    private static final int LWPSTATUS_BYTES = 64;

    private final User user;
    private final int pid;

    Debugger(User user, int pid) {
        this.user = user;
        this.pid = pid;
    }

    /** Forks a child that asks to be traced and goes on. */
    static Debugger of(User user, Consumer<User> child) {
        return new Debugger(user, user.fork(traced -> {
            assertEquals(0, traced.call("ptrace", Ptrace.PT_TRACE_ME, 0, 0, 0));
            child.accept(traced);
            traced.call("exit", 0);
        }));
    }

    int pid() {
        return pid;
    }

    /** Makes a request; the errno. */
    int request(int request, long addr, int data) {
        return user.call("ptrace", request, pid, addr, data);
    }

    /** Waits for the traced process to stop, or end; the status. */
    int await() {
        long status = user.scratch();
        assertEquals(pid, user.value("wait4", pid, status, 0));
        return user.load(status);
    }

    void awaitStop(int signo) {
        assertEquals(signo << 8 | 0x7f, await(), "stopped with " + Signal.name(signo));
    }

    void goOn(int signo) {
        assertEquals(0, request(Ptrace.PT_CONTINUE, GO_ON, signo));
    }

    /** The common tail of the cases: the process is killed, its parent is told, and then it is gone. */
    void killAndBury() {
        assertEquals(0, request(Ptrace.PT_KILL, 0, 0));
        assertEquals(Signal.SIGKILL, await());
        assertEquals(kernel.sched.errno.Errno.ECHILD, user.call("wait4", pid, user.scratch(), 0));
    }

    /** What PT_LWPINFO says about the LWP after another: its id and the event. */
    int[] info(int lid) {
        long at = user.scratch() + AT;
        user.store(at, lid);
        assertEquals(0, request(Ptrace.PT_LWPINFO, at, 8));
        return new int[] {user.load(at), user.load(at + 4)};
    }

    /** Every LWP with its event, in the order of PT_LWPINFO. */
    List<String> infos() {
        List<String> all = new ArrayList<>();
        for (int[] info = info(0); info[0] != 0; info = info(info[0])) {
            all.add(info[0] + (info[1] == 0 ? "" : info[1] == 1 ? " signal" : " suspended"));
        }
        return all;
    }

    /** What PT_LWPSTATUS or PT_LWPNEXT says. */
    record Status(int lid, long pending, long mask, String name, long pointer) {
    }

    Status status(int request, int lid) {
        long at = user.scratch() + AT;
        user.store(at, lid);
        assertEquals(0, request(request, at, LWPSTATUS_BYTES));
        byte[] name = new byte[20];
        assertEquals(0, user.lwp().frame().memory().copyin(at + 36, name, 0, name.length));
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return new Status(user.load(at), unaligned(at + 4), unaligned(at + 20), text.substring(0, text.indexOf('\0')),
                user.loadLong(at + 56));
    }

    private long unaligned(long at) {
        return Integer.toUnsignedLong(user.load(at)) | (long) user.load(at + 4) << Integer.SIZE;
    }

    /** Why it stopped. */
    SignalInfo siginfo() {
        byte[] bytes = siginfoBytes();
        return new SiginfoWords(Long.BYTES).load(bytes, 0);
    }

    /** The LWP that it stopped for. */
    int siginfoLid() {
        siginfoBytes();
        return user.load(user.scratch() + AT + SiginfoWords.BYTES);
    }

    private byte[] siginfoBytes() {
        long at = user.scratch() + AT;
        assertEquals(0, request(Ptrace.PT_GET_SIGINFO, at, SiginfoWords.BYTES + Long.BYTES));
        byte[] bytes = new byte[SiginfoWords.BYTES];
        assertEquals(0, user.lwp().frame().memory().copyin(at, bytes, 0, bytes.length));
        return bytes;
    }

    void events(int mask) {
        long at = user.scratch() + AT;
        user.store(at, mask);
        assertEquals(0, request(Ptrace.PT_SET_EVENT_MASK, at, 4));
        user.store(at, 0);
        assertEquals(0, request(Ptrace.PT_GET_EVENT_MASK, at, 4));
        assertEquals(mask, user.load(at));
    }

    /** The event that it stopped for, and the LWP. */
    int[] state() {
        long at = user.scratch() + AT;
        assertEquals(0, request(Ptrace.PT_GET_PROCESS_STATE, at, 8));
        return new int[] {user.load(at), user.load(at + 4)};
    }
}
