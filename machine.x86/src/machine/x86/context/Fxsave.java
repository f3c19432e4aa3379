// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import kernel.lwp.machine.FpuFormat;

/**
 * The 512 bytes of the FXSAVE instruction (Intel SDM volume 1, 10.5.1): x87 registers and control, MXCSR, XMM registers.
 *
 * <p>The registers for values are the XMM registers. Every switch exchanges them, as NetBSD does since 2018.
 */
class Fxsave implements FpuFormat {
    /** __INITIAL_NPXCW__: all exceptions masked, 64-bit precision. */
    static final int INITIAL_CONTROL = 0x037f;

    /** __INITIAL_MXCSR__: all exceptions masked. */
    static final int INITIAL_MXCSR = 0x1f80;

    /** The bits that MXCSR has; a load of others would be #GP. */
    static final int MXCSR_MASK = 0xffff;

    static final int CONTROL = 0;
    static final int STATUS = 2;
    static final int TAG = 4;
    static final int MXCSR = 24;
    static final int MASK = 28;
    static final int STACK = 32;
    static final int XMM = 160;
    static final int XMM_BYTES = 16;

    private static final int SIZE = 512;
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int contextOffset;
    private final int registers;

    /**
     * The format of a mode.
     *
     * @param contextOffset where the area is in the ucontext_t
     * @param registers how many XMM registers the mode has: 8 or 16
     */
    Fxsave(int contextOffset, int registers) {
        this.contextOffset = contextOffset;
        this.registers = registers;
    }

    @Override
    public int bytes() {
        return SIZE;
    }

    @Override
    public int contextOffset() {
        return contextOffset;
    }

    @Override
    public int registers() {
        return registers;
    }

    @Override
    public int registerBytes() {
        return XMM_BYTES;
    }

    @Override
    public int registerOffset(int register) {
        return XMM + register * XMM_BYTES;
    }

    @Override
    public void initial(byte[] image) {
        SHORT.set(image, CONTROL, (short) INITIAL_CONTROL);
        INT.set(image, MXCSR, INITIAL_MXCSR);
        INT.set(image, MASK, MXCSR_MASK);
    }

    @Override
    public void load(byte[] ucontext, byte[] image) {
        FpuFormat.super.load(ucontext, image);
        INT.set(image, MXCSR, (int) INT.get(image, MXCSR) & MXCSR_MASK);
        INT.set(image, MASK, MXCSR_MASK);
    }

    /** The control words are as at the start, and the x87 stack is empty; values stay (fpu_sigreset). */
    @Override
    public void enterHandler(byte[] image) {
        initial(image);
        SHORT.set(image, STATUS, (short) 0);
        image[TAG] = 0;
    }
}
