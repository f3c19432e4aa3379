// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

/** Fault status codes of ESR_EL1: ARM DDI 0487, section D13.2 (DFSC, IFSC, WnR, EC). */
public final class FaultStatus {
    /** Address size fault at level 0; add the level. */
    public static final int ADDRESS_SIZE = 0x00;

    /** Translation fault at level 0; add the level. */
    public static final int TRANSLATION = 0x04;

    /** Access flag fault at level 0; add the level. */
    public static final int ACCESS_FLAG = 0x08;

    /** Permission fault at level 0; add the level. */
    public static final int PERMISSION = 0x0c;

    /** WnR: the access was a write. */
    public static final int WRITE = 1 << 6;

    private static final int CLASS_SHIFT = 26;
    private static final int INSTRUCTION_ABORT_EL0 = 0x20;
    private static final int DATA_ABORT_EL0 = 0x24;
    private static final int LENGTH_32 = 1 << 25;

    private FaultStatus() {}

    /** The whole syndrome of a fault taken from EL0, given its fault status with WnR. */
    public static int syndrome(int status, boolean fetch) {
        return (fetch ? INSTRUCTION_ABORT_EL0 : DATA_ABORT_EL0) << CLASS_SHIFT | LENGTH_32 | status;
    }
}
