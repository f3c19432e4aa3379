// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import kernel.lwp.machine.FpuFormat;

/**
 * The floating-point state of AArch64 in the form of {@code struct fpreg}: Q0 to Q31, FPCR, FPSR.
 *
 * <p>Loaded lazily (sys/arch/aarch64/aarch64/fpu.c).
 */
final class Aarch64Fpu implements FpuFormat {
    /** AHP, DN, FZ, RMode, the enables: what FPCR has; and N to V, QC and the exceptions of FPSR. */
    private static final int FPCR_MASK = 0x07c89f00;
    private static final int FPSR_MASK = 0xf800009f;

    private static final int SIZE = 528;
    private static final int REGISTERS = 32;
    private static final int REGISTER_BYTES = 16;
    private static final int FPCR = REGISTERS * REGISTER_BYTES;
    private static final int FPSR = FPCR + Integer.BYTES;

    @Override
    public int bytes() {
        return SIZE;
    }

    @Override
    public int contextOffset() {
        return Aarch64Layout.FPU;
    }

    @Override
    public int registers() {
        return REGISTERS;
    }

    @Override
    public int registerBytes() {
        return REGISTER_BYTES;
    }

    @Override
    public int registerOffset(int register) {
        return register * REGISTER_BYTES;
    }

    /** All zeros: round to nearest, no exception traps. */
    @Override
    public void initial(byte[] image) {
    }

    @Override
    public boolean lazy() {
        return true;
    }

    @Override
    public void load(byte[] ucontext, byte[] image) {
        FpuFormat.super.load(ucontext, image);
        for (int i = 0; i < Integer.BYTES; i++) {
            image[FPCR + i] &= (byte) (FPCR_MASK >>> i * Byte.SIZE);
            image[FPSR + i] &= (byte) (FPSR_MASK >>> i * Byte.SIZE);
        }
    }
}
