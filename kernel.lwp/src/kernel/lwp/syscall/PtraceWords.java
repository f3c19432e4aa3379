// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Ptrace;
import kernel.lwp.proc.PtraceView;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.SyscallFrame;

/** The requests of ptrace that read or write a structure of the tracer: sizes first, then the copies (sys/ptrace.h). */
final class PtraceWords {
    /** struct ptrace_lwpinfo: pl_lwpid, pl_event. */
    private static final int LWPINFO_BYTES = 8;
    /** struct ptrace_state: pe_report_event, pe_lwp. */
    private static final int STATE_BYTES = 8;
    /** struct ptrace_event: pe_set_event. */
    private static final int EVENT_BYTES = 4;
    /** struct ptrace_lwpstatus: pl_lwpid, pl_sigpend, pl_sigmask, pl_name, pl_private. */
    private static final int SIGPEND = 4;
    private static final int SIGMASK = SIGPEND + SignalWords.SET_BYTES;
    private static final int NAME = SIGMASK + SignalWords.SET_BYTES;
    private static final int NAME_BYTES = 20;
    private static final int PRIVATE = NAME + NAME_BYTES;
    private static final int PL_EVENT_SIGNAL = 1;
    private static final int PL_EVENT_SUSPENDED = 2;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final SyscallFrame frame;
    private final PtraceView view;
    private final Proc target;
    private final int word;
    private final long address;
    private final int size;

    PtraceWords(SyscallFrame frame, PtraceView view, Proc target) {
        this.frame = frame;
        this.view = view;
        this.target = target;
        this.word = Calls.processes(frame).wordBits() / Byte.SIZE;
        this.address = frame.arg(2);
        this.size = frame.intArg(3);
    }

    int perform(int request) {
        return switch (request) {
            case Ptrace.PT_LWPINFO -> size == LWPINFO_BYTES ? info() : Errno.EINVAL;
            case Ptrace.PT_LWPSTATUS, Ptrace.PT_LWPNEXT -> size >= Integer.BYTES && size <= PRIVATE + word
                    ? status(request == Ptrace.PT_LWPNEXT) : Errno.EINVAL;
            case Ptrace.PT_SET_EVENT_MASK -> size == EVENT_BYTES ? setEvents() : Errno.EINVAL;
            case Ptrace.PT_GET_EVENT_MASK -> size == EVENT_BYTES
                    ? Calls.copyoutInt(frame, view.events(target), address) : Errno.EINVAL;
            case Ptrace.PT_GET_PROCESS_STATE -> size == STATE_BYTES ? state() : Errno.EINVAL;
            default -> size == SiginfoWords.BYTES + word ? siginfo() : Errno.EINVAL;
        };
    }

    /** ptrace_lwpinfo: the LWP after the one named, and what it has to do with the stop. */
    private int info() {
        int error = frame.memory().load32(address);
        if (error == 0) {
            error = view.next(target, (int) frame.memory().value());
        }
        if (error != 0) {
            return error;
        }
        Lwp l = view.found();
        byte[] bytes = new byte[LWPINFO_BYTES];
        if (l != null) {
            INT.set(bytes, 0, l.lid());
            INT.set(bytes, 4, event(l));
        }
        return copyout(bytes, bytes.length);
    }

    private int event(Lwp l) {
        if ((l.flags() & (LwpFlag.LW_DBGSUSPEND | LwpFlag.LW_WSUSPEND)) != 0) {
            return PL_EVENT_SUSPENDED;
        }
        return view.concerns(target, l) ? PL_EVENT_SIGNAL : 0;
    }

    /** ptrace_lwpstatus: of the LWP named, or of the one after it; what does not fit is left out. */
    private int status(boolean next) {
        int error = frame.memory().load32(address);
        if (error != 0) {
            return error;
        }
        int lid = (int) frame.memory().value();
        error = next ? view.next(target, lid) : 0;
        Lwp l = next ? view.found() : view.meant(target, lid);
        if (error != 0 || !next && l == null) {
            return Errno.ESRCH;
        }
        byte[] bytes = new byte[PRIVATE + word];
        if (l != null) {
            describe(l, bytes);
        }
        return copyout(bytes, size);
    }

    private void describe(Lwp l, byte[] bytes) {
        INT.set(bytes, 0, l.lid());
        LONG.set(bytes, SIGPEND, l.pendingSignals());
        LONG.set(bytes, SIGMASK, l.signalMask());
        if (l.name() != null) {
            byte[] name = l.name().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(name, 0, bytes, NAME, Math.min(name.length, NAME_BYTES - 1));
        }
        if (word == Long.BYTES) {
            LONG.set(bytes, PRIVATE, l.privatePointer());
        } else {
            INT.set(bytes, PRIVATE, (int) l.privatePointer());
        }
    }

    private int setEvents() {
        int error = frame.memory().load32(address);
        if (error == 0) {
            view.events(target, (int) frame.memory().value());
        }
        return error;
    }

    private int state() {
        byte[] bytes = new byte[STATE_BYTES];
        INT.set(bytes, 0, view.event(target));
        INT.set(bytes, 4, view.eventLid(target));
        return copyout(bytes, bytes.length);
    }

    /** struct ptrace_siginfo: the siginfo_t, then the LWP. */
    private int siginfo() {
        byte[] bytes = new byte[SiginfoWords.BYTES + word];
        new SiginfoWords(word).store(view.info(target), bytes, 0);
        INT.set(bytes, SiginfoWords.BYTES, view.infoLid(target));
        return copyout(bytes, bytes.length);
    }

    private int copyout(byte[] bytes, int length) {
        return frame.memory().copyout(bytes, 0, length, address);
    }
}
