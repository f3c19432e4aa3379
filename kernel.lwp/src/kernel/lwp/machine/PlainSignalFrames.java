// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The signal frame of a machine with register arguments and no words of its own: a siginfo_t, then a ucontext_t.
 *
 * <p>That is {@code struct sigframe_siginfo} of the ports with a link register (arm, aarch64, riscv), and what a
 * machine gets that does not say otherwise. The frame is aligned to 16 bytes.
 */
@ProviderType
public final class PlainSignalFrames implements SignalFrames {
    private static final int ALIGNMENT = 16;

    private final int contextBytes;

    /**
     * The frames of a machine.
     *
     * @param contexts its register context
     */
    public PlainSignalFrames(UserContextCodec contexts) {
        contextBytes = contexts.size();
    }

    @Override
    public int size() {
        return SiginfoWords.BYTES + contextBytes;
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
        return top - size() & -ALIGNMENT;
    }

    @Override
    public void enter(SignalFrame frame, UserRegisters registers) {
        registers.enterHandler(frame);
        registers.returnAddress = frame.returnTo();
    }
}
