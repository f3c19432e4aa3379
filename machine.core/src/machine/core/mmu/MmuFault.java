// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ProviderType;

/** The last fault of one MMU; overwritten by the next one. Written by the MMU, read by trap code. */
@ProviderType
public final class MmuFault {

    long va;
    int access;
    int kind;
    int level;
    int statusCode;

    MmuFault() {
    }

    /** The faulting virtual address, in full. */
    public long va() {
        return va;
    }

    /** The attempted {@link Access}. */
    public int access() {
        return access;
    }

    /** A {@link FaultKind}. */
    public int kind() {
        return kind;
    }

    /** The table level the walk ended at, as the machine counts levels. */
    public int level() {
        return level;
    }

    /** The machine's own code: x86 page-fault error code, ARM fault status. */
    public int statusCode() {
        return statusCode;
    }

    @Override
    public String toString() {
        return FaultKind.name(kind) + " fault at 0x" + Long.toHexString(va) + ", access " + access
                + ", level " + level + ", status 0x" + Integer.toHexString(statusCode);
    }
}
