// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

/** Byte offsets in the ucontext_t of NetBSD/amd64 (mcontext.h, frame_regs.h 1.3). */
final class LongModeLayout {
    static final int SIZE = 784;
    static final int REGISTERS = 56;
    static final int TLS_BASE = 264;
    static final int FPU = 272;

    static final int RDI = register(0);
    static final int RSI = register(1);
    static final int RDX = register(2);
    static final int RCX = register(3);
    static final int R8 = register(4);
    static final int R9 = register(5);
    static final int R10 = register(6);
    static final int R11 = register(7);
    static final int RBP = register(12);
    static final int RAX = register(14);
    static final int GS = register(15);
    static final int FS = register(16);
    static final int ES = register(17);
    static final int DS = register(18);
    static final int RIP = register(21);
    static final int CS = register(22);
    static final int RFLAGS = register(23);
    static final int RSP = register(24);
    static final int SS = register(25);

    private LongModeLayout() {}

    private static int register(int index) {
        return REGISTERS + 8 * index;
    }
}
