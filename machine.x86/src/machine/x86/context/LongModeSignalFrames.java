// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.UcontextWords;
import kernel.lwp.machine.UserRegisters;

/**
 * The signal frame of NetBSD/amd64: return address, siginfo_t, ucontext_t (sendsig_siginfo of
 * sys/arch/amd64/amd64/machdep.c).
 *
 * <p>The handler starts as after a call: the return address, which is the trampoline, is at the stack pointer, and
 * above it the stack is aligned to 16 bytes.
 */
public final class LongModeSignalFrames implements SignalFrames {
    private static final int RETURN_ADDRESS = 0;
    private static final int INFO = Long.BYTES;
    private static final int CONTEXT = INFO + SiginfoWords.BYTES;
    private static final int SIZE = CONTEXT + LongModeLayout.SIZE;
    private static final int RED_ZONE = 128;

    private final UcontextWords words = new UcontextWords(Long.BYTES);

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
    public int redZoneBytes() {
        return RED_ZONE;
    }

    @Override
    public long place(long top) {
        return (top - SIZE & -16) - Long.BYTES;
    }

    @Override
    public void link(SignalFrame frame, byte[] bytes) {
        words.put(bytes, RETURN_ADDRESS, frame.returnTo());
    }

    @Override
    public void enter(SignalFrame frame, UserRegisters registers) {
        registers.enterHandler(frame);
        registers.status = StatusFlags.withoutHandlerBits(registers.status);
    }
}
