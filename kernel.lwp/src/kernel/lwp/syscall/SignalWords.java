// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import kernel.lwp.signal.SignalAction;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.SyscallFrame;

/** Structures of the signal calls in user memory: sigset_t, struct sigaction, stack_t (sys/signal.h). */
final class SignalWords {
    /** Size of a sigset_t: 128 signals, of which only the first 64 exist. */
    static final int SET_BYTES = 16;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final SyscallFrame frame;
    private final int word;

    private SignalWords(SyscallFrame frame) {
        this.frame = frame;
        this.word = Calls.processes(frame).wordBits() / Byte.SIZE;
    }

    static SignalWords of(SyscallFrame frame) {
        return new SignalWords(frame);
    }

    /** Reads a set into {@code memory().value()}. */
    int copyinSet(long address) {
        return frame.memory().load64(address);
    }

    int copyoutSet(long set, long address) {
        byte[] bytes = new byte[SET_BYTES];
        LONG.set(bytes, 0, set);
        return copyout(bytes, address);
    }

    int actionBytes() {
        return word == Long.BYTES ? 32 : 24;
    }

    int stackBytes() {
        return 3 * word;
    }

    int copyin(long address, byte[] bytes) {
        return frame.memory().copyin(address, bytes, 0, bytes.length);
    }

    int copyout(byte[] bytes, long address) {
        return frame.memory().copyout(bytes, 0, bytes.length, address);
    }

    /** Decodes a struct sigaction. */
    SignalAction action(byte[] bytes, long trampoline) {
        return new SignalAction(word(bytes, 0), (long) LONG.get(bytes, word),
                (int) INT.get(bytes, word + SET_BYTES), trampoline);
    }

    int copyoutAction(SignalAction action, long address) {
        if (address == 0) {
            return Errno.OK;
        }
        byte[] bytes = new byte[actionBytes()];
        putWord(bytes, 0, action.handler());
        LONG.set(bytes, word, action.mask());
        INT.set(bytes, word + SET_BYTES, action.flags());
        return copyout(bytes, address);
    }

    long stackBase(byte[] bytes) {
        return word(bytes, 0);
    }

    long stackSize(byte[] bytes) {
        return word(bytes, word);
    }

    int stackFlags(byte[] bytes) {
        return (int) INT.get(bytes, 2 * word);
    }

    int copyoutStack(long base, long size, int flags, long address) {
        byte[] bytes = new byte[stackBytes()];
        putWord(bytes, 0, base);
        putWord(bytes, word, size);
        INT.set(bytes, 2 * word, flags);
        return copyout(bytes, address);
    }

    private long word(byte[] bytes, int offset) {
        return word == Long.BYTES ? (long) LONG.get(bytes, offset) : Integer.toUnsignedLong((int) INT.get(bytes, offset));
    }

    private void putWord(byte[] bytes, int offset, long value) {
        if (word == Long.BYTES) {
            LONG.set(bytes, offset, value);
        } else {
            INT.set(bytes, offset, (int) value);
        }
    }
}
