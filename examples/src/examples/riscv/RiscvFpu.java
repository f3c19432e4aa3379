// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import kernel.lwp.machine.FpuFormat;

/** The floating-point state of RV64D: f0 to f31, then fcsr; loaded at the first use after a switch. */
final class RiscvFpu implements FpuFormat {
    private static final int REGISTERS = 32;
    private static final int CONTROL = REGISTERS * Long.BYTES;

    @Override
    public int bytes() {
        return CONTROL + Long.BYTES;
    }

    @Override
    public int contextOffset() {
        return 320;
    }

    @Override
    public int registers() {
        return REGISTERS;
    }

    @Override
    public int registerBytes() {
        return Long.BYTES;
    }

    @Override
    public int registerOffset(int register) {
        return register * Long.BYTES;
    }

    /** Zeros: round to nearest, no flags. */
    @Override
    public void initial(byte[] image) {
    }

    @Override
    public boolean lazy() {
        return true;
    }

    /** Of fcsr there are the five flags and three bits of rounding mode. */
    @Override
    public void load(byte[] ucontext, byte[] image) {
        FpuFormat.super.load(ucontext, image);
        for (int i = CONTROL + 1; i < image.length; i++) {
            image[i] = 0;
        }
    }
}
