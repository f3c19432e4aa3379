// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.UcontextWords;
import kernel.lwp.machine.UserRegisters;

/**
 * The signal frame of NetBSD/i386: return address and the three arguments, then siginfo_t and ucontext_t
 * (sendsig_siginfo of sys/arch/i386/i386/machdep.c).
 *
 * <p>The handler starts as after a call: the return address, which is the trampoline, is at the stack pointer and the
 * arguments are above it. DEVIATION: the stack is aligned to 16 bytes there, as for a function that libc starts; the
 * original leaves the alignment of the interrupted code.
 */
public final class I386SignalFrames implements SignalFrames {
    private static final int RETURN_ADDRESS = 0;
    private static final int SIGNAL = 4;
    private static final int INFO_POINTER = 8;
    private static final int CONTEXT_POINTER = 12;
    private static final int INFO = 16;
    private static final int CONTEXT = INFO + SiginfoWords.BYTES;
    private static final int SIZE = CONTEXT + I386Layout.SIZE;

    private final UcontextWords words = new UcontextWords(Integer.BYTES);

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int infoOffset() {
        return INFO;
    }

    @Override
    public int contextOffset() {
        return CONTEXT;
    }

    @Override
    public long place(long top) {
        return (top - SIZE & -16) - Integer.BYTES;
    }

    @Override
    public void link(SignalFrame frame, byte[] bytes) {
        words.put(bytes, RETURN_ADDRESS, frame.returnTo());
        words.put(bytes, SIGNAL, frame.signo());
        words.put(bytes, INFO_POINTER, frame.infoAddress());
        words.put(bytes, CONTEXT_POINTER, frame.contextAddress());
    }

    @Override
    public void enter(SignalFrame frame, UserRegisters registers) {
        registers.enterHandler(frame);
        registers.status = StatusFlags.withoutHandlerBits(registers.status);
    }
}
