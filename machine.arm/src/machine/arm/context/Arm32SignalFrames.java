// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.UserRegisters;

/**
 * The signal frame of NetBSD's 32-bit ARM: siginfo_t and ucontext_t, aligned to 8 bytes (sendsig_siginfo of
 * sys/arch/arm/arm/sig_machdep.c).
 *
 * <p>The arguments are in R0 to R2 and the trampoline in LR. Bit 0 of the handler's address says whether it is Thumb
 * code; the bit moves to CPSR.T, and the rest of an interrupted IT block is forgotten.
 */
public final class Arm32SignalFrames implements SignalFrames {
    private static final int SIZE = SiginfoWords.BYTES + Arm32Layout.SIZE;
    private static final int THUMB = 1 << 5;

    /** CPSR[26:25] and CPSR[15:10]: IT[1:0] and IT[7:2]. */
    private static final int IF_THEN = 3 << 25 | 0x3f << 10;

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int infoOffset() {
        return 0;
    }

    @Override
    public int contextOffset() {
        return SiginfoWords.BYTES;
    }

    @Override
    public long place(long top) {
        return top - SIZE & -8;
    }

    @Override
    public void enter(SignalFrame frame, UserRegisters registers) {
        registers.enterHandler(frame);
        registers.returnAddress = frame.returnTo();
        boolean thumb = (frame.handler() & 1) != 0;
        registers.pc = frame.handler() & ~1L;
        registers.status = registers.status & ~(THUMB | IF_THEN) | (thumb ? THUMB : 0);
    }
}
