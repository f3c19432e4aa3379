// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import kernel.lwp.machine.FpuFormat;
import kernel.sched.errno.Errno;

/**
 * The VFP state of 32-bit ARM in the form of {@code struct vfpreg}: FPSCR, D0 to D31, FPSID.
 *
 * <p>Loaded lazily (sys/arch/arm/vfp/vfp_init.c). A context whose area is of another format is refused by cpu_setmcontext.
 * DEVIATION: the original's _lwp_create accepts such a context and then fails an assertion when the LWP starts; it is
 * EINVAL here.
 */
final class Vfp implements FpuFormat {
    /** _UC_ARM_VFP: the floating-point area is in the format of VFP. */
    static final int UC_ARM_VFP = 0x10000;

    /** N to V, QC, AHP, DN, FZ, RMode, stride and length, the enables, IDC and the exceptions: what FPSCR has. */
    private static final int FPSCR_MASK = 0xfff79f9f;

    private static final int SIZE = 272;
    private static final int REGISTERS = 32;
    private static final int FIRST = 8;

    @Override
    public int bytes() {
        return SIZE;
    }

    @Override
    public int contextOffset() {
        return Arm32Layout.FPU;
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
        return FIRST + register * Long.BYTES;
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
    public int check(byte[] ucontext) {
        return (ucontext[2] << 16 & UC_ARM_VFP) == 0 ? Errno.EINVAL : 0;
    }

    @Override
    public void load(byte[] ucontext, byte[] image) {
        FpuFormat.super.load(ucontext, image);
        for (int i = 0; i < Integer.BYTES; i++) {
            image[i] &= (byte) (FPSCR_MASK >>> i * Byte.SIZE);
        }
    }
}
