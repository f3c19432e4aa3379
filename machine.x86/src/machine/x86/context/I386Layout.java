// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

/** Byte offsets in the ucontext_t of NetBSD/i386 (i386/include/mcontext.h). */
final class I386Layout {
    static final int SIZE = 776;
    static final int REGISTERS = 36;
    static final int FPU = 112;
    static final int TLS_BASE = 756;

    static final int GS = register(0);
    static final int FS = register(1);
    static final int ES = register(2);
    static final int DS = register(3);
    static final int EBP = register(6);
    static final int ESP = register(7);
    static final int EDX = register(9);
    static final int EAX = register(11);
    static final int EIP = register(14);
    static final int CS = register(15);
    static final int EFLAGS = register(16);
    static final int USER_ESP = register(17);
    static final int SS = register(18);

    private I386Layout() {}

    private static int register(int index) {
        return REGISTERS + 4 * index;
    }
}
