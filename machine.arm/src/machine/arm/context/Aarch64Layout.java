// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

/** Byte offsets in the ucontext_t of NetBSD/aarch64 (arm/include/mcontext.h 1.23). */
final class Aarch64Layout {
    static final int SIZE = 944;
    static final int REGISTERS = 64;
    static final int FPU = 352;

    static final int X0 = register(0);
    static final int X29 = register(29);
    static final int X30 = register(30);
    static final int SP = register(31);
    static final int PC = register(32);
    static final int SPSR = register(33);
    static final int TPIDR = register(34);

    private Aarch64Layout() {}

    private static int register(int index) {
        return REGISTERS + 8 * index;
    }
}
