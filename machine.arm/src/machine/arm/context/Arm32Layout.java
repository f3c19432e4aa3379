// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

/** Byte offsets in the ucontext_t of NetBSD's 32-bit ARM EABI (arm/include/mcontext.h 1.23). */
final class Arm32Layout {
    static final int SIZE = 400;
    static final int REGISTERS = 40;
    static final int FPU = 112;
    static final int TLS_BASE = 384;

    static final int R0 = register(0);
    static final int R11 = register(11);
    static final int SP = register(13);
    static final int LR = register(14);
    static final int PC = register(15);
    static final int CPSR = register(16);

    private Arm32Layout() {}

    private static int register(int index) {
        return REGISTERS + 4 * index;
    }
}
