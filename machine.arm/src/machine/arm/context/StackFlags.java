// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

/** The uc_flags about the alternate signal stack, as both ARM ports number them (mcontext.h). */
final class StackFlags {
    /** _UC_SETSTACK. */
    static final int SET = 0x20000;

    /** _UC_CLRSTACK. */
    static final int CLEAR = 0x40000;

    private StackFlags() {
    }
}
