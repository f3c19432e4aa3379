// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static machine.arm.paging.Descriptor.ACCESS_FLAG;
import static machine.arm.paging.Descriptor.ADDRESS;
import static machine.arm.paging.Descriptor.NOT_GLOBAL;
import static machine.arm.paging.Descriptor.READ_ONLY;
import static machine.arm.paging.Descriptor.TABLE_NO_USER;
import static machine.arm.paging.Descriptor.TABLE_OR_PAGE;
import static machine.arm.paging.Descriptor.TABLE_READ_ONLY;
import static machine.arm.paging.Descriptor.TABLE_USER_NO_EXECUTE;
import static machine.arm.paging.Descriptor.USER;
import static machine.arm.paging.Descriptor.USER_NO_EXECUTE;
import static machine.arm.paging.Descriptor.VALID;
import static machine.arm.paging.Descriptor.WRITABLE;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;

/**
 * The stage-1 translation of EL0 accesses through TTBR0_EL1: 4 KiB granule, 48-bit addresses, hardware management of
 * access flag and dirty state off or on; ARM DDI 0487, sections D5.2 to D5.4.
 *
 * <p>With hardware management an allowed access sets AF, and an allowed write clears AP[2] where DBM is set; otherwise
 * nothing in memory is ever changed by a walk. User addresses of the upper range give a level-0 translation fault,
 * since EL0 cannot use TTBR1_EL1 here. The status code is the fault status with WnR.
 */
public final class LongDescriptorWalker implements Walker {
    private static final int LEVELS = 4;
    private static final int LEAF_LEVEL = LEVELS - 1;
    private static final int TABLE_BITS = 9;
    private static final int ADDRESS_BITS = 48;
    private static final int FIRST_BLOCK_LEVEL = 1;

    private final long beyondOutput;
    private final boolean hardwareBits;

    /**
     * A walker.
     *
     * @param physicalBits size of the output addresses (TCR_EL1.IPS); larger ones fault
     * @param hardwareBits whether TCR_EL1.HA and HD are on
     */
    public LongDescriptorWalker(int physicalBits, boolean hardwareBits) {
        this.hardwareBits = hardwareBits;
        beyondOutput = ADDRESS & -(1L << physicalBits);
    }

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        if (va >>> ADDRESS_BITS != 0) {
            return fault(FaultKind.TRANSLATION, FaultStatus.TRANSLATION, 0, access, out);
        }
        long table = root & ADDRESS;
        long tableBits = 0;
        for (int level = 0; level < LEVELS; level++) {
            int shift = PhysicalMemory.PAGE_SHIFT + (LEAF_LEVEL - level) * TABLE_BITS;
            long slot = table + ((va >>> shift & 511) << 3);
            long entry = memory.get64(slot);
            out.memoryReads++;
            boolean page = (entry & TABLE_OR_PAGE) != 0;
            boolean block = !page && level >= FIRST_BLOCK_LEVEL && level < LEAF_LEVEL;
            if ((entry & VALID) == 0 || !page && !block) {
                return fault(FaultKind.TRANSLATION, FaultStatus.TRANSLATION, level, access, out);
            }
            if ((entry & beyondOutput) != 0) {
                return fault(FaultKind.RESERVED, FaultStatus.ADDRESS_SIZE, level, access, out);
            }
            if (block || level == LEAF_LEVEL) {
                long used = hardwareBits ? used(entry, access) : entry;
                int kind = finish(used, tableBits, shift, level, access, out);
                if (kind == FaultKind.NONE && used != entry) {
                    memory.put64(slot, used);
                }
                return kind;
            }
            tableBits |= entry;
            table = entry & ADDRESS;
        }
        throw new AssertionError("the last level is a leaf");
    }

    /** What the hardware makes of a leaf that is used; while AP[2] is set a TLB does not grant writes. */
    private static long used(long leaf, int access) {
        boolean written = access == Access.WRITE && (leaf & WRITABLE) != 0;
        return (written ? leaf & ~READ_ONLY : leaf) | ACCESS_FLAG;
    }

    private static int finish(long leaf, long tableBits, int shift, int level, int access, Translation out) {
        if ((leaf & ACCESS_FLAG) == 0) {
            return fault(FaultKind.ACCESS_FLAG, FaultStatus.ACCESS_FLAG, level, access, out);
        }
        int rights = rights(leaf, tableBits);
        if ((rights & access) == 0) {
            return fault(FaultKind.PERMISSION, FaultStatus.PERMISSION, level, access, out);
        }
        out.frame = leaf & ADDRESS & -(1L << shift);
        out.rights = rights;
        out.pageShift = shift;
        out.global = (leaf & NOT_GLOBAL) == 0;
        out.dirtyKnown = true;
        out.level = level;
        return FaultKind.NONE;
    }

    private static int rights(long leaf, long tableBits) {
        if ((leaf & USER) == 0 || (tableBits & TABLE_NO_USER) != 0) {
            return 0;
        }
        boolean writable = (leaf & READ_ONLY) == 0 && (tableBits & TABLE_READ_ONLY) == 0;
        boolean executable = (leaf & USER_NO_EXECUTE) == 0 && (tableBits & TABLE_USER_NO_EXECUTE) == 0;
        return Access.READ | (writable ? Access.WRITE : 0) | (executable ? Access.EXEC : 0);
    }

    private static int fault(int kind, int status, int level, int access, Translation out) {
        out.level = level;
        out.statusCode = status | level | (access == Access.WRITE ? FaultStatus.WRITE : 0);
        return kind;
    }
}
