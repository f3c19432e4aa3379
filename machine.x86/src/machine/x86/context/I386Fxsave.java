// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import java.util.Arrays;

/**
 * The floating-point state of 32-bit x86, in contexts in one of two formats: that of FXSAVE, or without _UC_FXSAVE the 108
 * bytes of FNSAVE, which are converted as NetBSD's process_s87_to_xmm does.
 */
final class I386Fxsave extends Fxsave {
    private static final int OLD_WORD = 4;
    private static final int OLD_STACK = 28;
    private static final int OLD_REGISTER = 10;
    private static final int STACK_REGISTERS = 8;
    private static final int STACK_STRIDE = 16;
    private static final int EMPTY = 3;

    I386Fxsave() {
        super(I386Layout.FPU, 8);
    }

    @Override
    public void load(byte[] ucontext, byte[] image) {
        if ((ucontext[0] & I386Contexts.UC_FXSAVE) != 0) {
            super.load(ucontext, image);
            return;
        }
        Arrays.fill(image, (byte) 0);
        initial(image);
        int old = contextOffset();
        System.arraycopy(ucontext, old, image, CONTROL, 2);
        System.arraycopy(ucontext, old + OLD_WORD, image, STATUS, 2);
        image[TAG] = (byte) usedRegisters(ucontext, old + 2 * OLD_WORD);
        for (int i = 0; i < STACK_REGISTERS; i++) {
            System.arraycopy(ucontext, old + OLD_STACK + i * OLD_REGISTER, image, STACK + i * STACK_STRIDE, OLD_REGISTER);
        }
    }

    /** A bit for each register that is not empty, from two bits for each. */
    private static int usedRegisters(byte[] ucontext, int tagWord) {
        int tags = ucontext[tagWord] & 0xff | (ucontext[tagWord + 1] & 0xff) << 8;
        int used = 0;
        for (int i = 0; i < STACK_REGISTERS; i++) {
            used |= (tags >>> 2 * i & EMPTY) == EMPTY ? 0 : 1 << i;
        }
        return used;
    }
}
