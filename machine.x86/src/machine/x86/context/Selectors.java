// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

/** User segment selectors of NetBSD/amd64 (segments.h); only the low 16 bits of a register slot count. */
final class Selectors {
    /** The user code segment in the local table, what getcontext reports. */
    static final int CODE = 0x47;

    /** The user data segment in the local table. */
    static final int DATA = 0x3f;

    private static final int GLOBAL_CODE = 0x1b;
    private static final int GLOBAL_DATA = 0x23;

    private Selectors() {}

    static boolean isUserCode(long slot) {
        int selector = (int) slot & 0xffff;
        return selector == CODE || selector == GLOBAL_CODE;
    }

    static boolean isUserData(long slot) {
        int selector = (int) slot & 0xffff;
        return selector == DATA || selector == GLOBAL_DATA;
    }

    static boolean isNullOrUserData(long slot) {
        return (slot & 0xffff) == 0 || isUserData(slot);
    }
}
