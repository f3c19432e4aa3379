// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import kernel.lwp.proc.Lwp;
import kernel.lwp.signal.SignalStack;
import userland.program.SignalHandler;

/** The signal functions of the C library. */
public abstract class UserSignals extends UserCalls {
    /** Room for a {@code struct sigaction} of any machine. */
    public static final int ACTION_BYTES = 32;
    /** Room for a {@code stack_t} of any machine. */
    public static final int STACK_T_BYTES = 24;

    /** Nanoseconds in a second. */
    static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final int TRAMPOLINE_VERSION = 2;
    private static final int SET_BYTES = 16;
    private static final int NEW = ProcessImage.SCRATCH_SIGNALS;
    private static final int OLD = NEW + 32;
    private static final int TIMEOUT = OLD + 32;

    UserSignals(Lwp lwp, ProcessImage image) {
        super(lwp, image);
    }

    /** Size of a pointer. */
    public final int wordBytes() {
        return lwp.proc().processes().wordBits() / Byte.SIZE;
    }

    private void storeWord(long address, long value) {
        if (wordBytes() == Long.BYTES) {
            store64(address, value);
        } else {
            store32(address, (int) value);
        }
    }

    private void storeSet(long address, long set) {
        store64(address, set);
        store64(address + Long.BYTES, 0);
    }

    @Override
    public long handlerAddress(SignalHandler handler) {
        return image.handlerAddress(handler);
    }

    @Override
    public int sigaction(int signal, long handler, int flags, long mask) {
        long next = scratch() + NEW;
        storeAction(next, handler, flags, mask);
        lwp.frame().set(3, image.trampolineAddress());
        lwp.frame().set(4, TRAMPOLINE_VERSION);
        return status(call3(calls.sigaction, signal, next, 0));
    }

    @Override
    public long sigprocmask(int how, long set) {
        storeSet(scratch() + NEW, set);
        int error = call3(calls.sigprocmask, how, scratch() + NEW, scratch() + OLD);
        return error == 0 ? load64(scratch() + OLD) : status(error);
    }

    @Override
    public long signalMask() {
        int error = call3(calls.sigprocmask, 0, 0, scratch() + OLD);
        return error == 0 ? load64(scratch() + OLD) : status(error);
    }

    @Override
    public long sigpending() {
        int error = call1(calls.sigpending, scratch() + OLD);
        return error == 0 ? load64(scratch() + OLD) : status(error);
    }

    @Override
    public int sigsuspend(long mask) {
        storeSet(scratch() + NEW, mask);
        return status(call1(calls.sigsuspend, scratch() + NEW));
    }

    @Override
    public int sigtimedwait(long set, long info, long nanos) {
        storeSet(scratch() + NEW, set);
        long timeout = 0;
        if (nanos != FOREVER) {
            timeout = scratch() + TIMEOUT;
            store64(timeout, nanos / NANOS_PER_SECOND);
            storeWord(timeout + Long.BYTES, nanos % NANOS_PER_SECOND);
        }
        return (int) value(call3(calls.sigtimedwait, scratch() + NEW, info, timeout));
    }

    @Override
    public int sigaltstack(long base, long bytes) {
        long next = scratch() + NEW;
        storeStack(next, base, bytes);
        return status(call2(calls.sigaltstack, next, 0));
    }

    /** Stores a {@code struct sigaction}. */
    public final void storeAction(long address, long handler, int flags, long mask) {
        storeWord(address, handler);
        storeSet(address + wordBytes(), mask);
        store32(address + wordBytes() + SET_BYTES, flags);
    }

    /** Stores a {@code stack_t}; one without bytes stands for none. */
    public final void storeStack(long address, long base, long bytes) {
        storeWord(address, base);
        storeWord(address + wordBytes(), bytes);
        store32(address + 2L * wordBytes(), bytes == 0 ? SignalStack.SS_DISABLE : 0);
    }

    /** Address of the code that handlers return to. */
    public final long trampolineAddress() {
        return image.trampolineAddress();
    }

    @Override
    public int raise(int signal) {
        return lwpKill(lid(), signal);
    }

    @Override
    public int kill(int pid, int signal) {
        return status(call2(calls.processKill, pid, signal));
    }

    @Override
    public int setcontext(long context) {
        return status(call1(calls.setcontext, context));
    }

    @Override
    public int getcontext(long context) {
        return status(call1(calls.getcontext, context));
    }
}
