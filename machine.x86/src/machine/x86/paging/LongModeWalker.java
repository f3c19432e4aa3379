// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static machine.x86.paging.PageEntry.ACCESSED;
import static machine.x86.paging.PageEntry.DIRTY;
import static machine.x86.paging.PageEntry.FRAME;
import static machine.x86.paging.PageEntry.GLOBAL;
import static machine.x86.paging.PageEntry.LARGE;
import static machine.x86.paging.PageEntry.NO_EXECUTE;
import static machine.x86.paging.PageEntry.PRESENT;
import static machine.x86.paging.PageEntry.USER;
import static machine.x86.paging.PageEntry.WRITE;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;

/**
 * The page-miss handler of a processor in 64-bit mode, with EFER.NXE on: Intel SDM volume 3A, sections 4.5 to 4.8.
 *
 * <p>Accesses are user-mode ones. A is set in every entry used and D in the leaf of a write, in memory, when and
 * only when the access is allowed. Levels count from 0 at the root.
 */
public final class LongModeWalker implements Walker {
    private static final int TABLE_BITS = 9;

    private final int levels;
    private final int leafLevel;
    private final int addressShift;
    private final long reservedAddress;

    /**
     * A walker.
     *
     * @param levels 4, or 5 with CR4.LA57
     * @param physicalBits MAXPHYADDR: address bits from there to bit 51 are reserved
     */
    public LongModeWalker(int levels, int physicalBits) {
        this.levels = levels;
        leafLevel = levels - 1;
        int addressBits = PhysicalMemory.PAGE_SHIFT + levels * TABLE_BITS;
        addressShift = 64 - addressBits;
        reservedAddress = FRAME & -(1L << physicalBits);
    }

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        if (va << addressShift >> addressShift != va) {
            return FaultKind.NON_CANONICAL;
        }
        return descend(memory, root & FRAME, va, access, out);
    }

    /** Walks from a root table whose address is known, without a look at the bits above its part of the address. */
    int descend(PhysicalMemory memory, long root, long va, int access, Translation out) {
        long table = root;
        long allowed = WRITE | USER;
        long refused = 0;
        for (int level = 0; level < levels; level++) {
            int shift = PhysicalMemory.PAGE_SHIFT + (leafLevel - level) * TABLE_BITS;
            long slot = table + ((va >>> shift & 511) << 3);
            long entry = memory.get64(slot);
            out.memoryReads++;
            out.level = level;
            if ((entry & PRESENT) == 0) {
                return fault(FaultKind.TRANSLATION, 0, access, out);
            }
            boolean leaf = level == leafLevel || (entry & LARGE) != 0;
            if ((entry & reserved(level, shift, leaf)) != 0) {
                return fault(FaultKind.RESERVED, PageFault.PRESENT | PageFault.RESERVED, access, out);
            }
            allowed &= entry;
            refused |= entry & NO_EXECUTE;
            if (leaf) {
                return finish(memory, root, va, access, out, entry, shift, allowed, refused);
            }
            table = entry & FRAME;
        }
        throw new AssertionError("the last level is a leaf");
    }

    private long reserved(int level, int shift, boolean leaf) {
        if (level == leafLevel) {
            return reservedAddress;
        }
        boolean mayBeLarge = leafLevel - level <= 2;
        if (!mayBeLarge) {
            return reservedAddress | LARGE;
        }
        // A large page's bit 12 is its PAT bit; the address bits between it and the page size must be zero.
        return leaf ? reservedAddress | (1L << shift) - 1 & -(1L << PhysicalMemory.PAGE_SHIFT + 1) : reservedAddress;
    }

    private int finish(PhysicalMemory memory, long root, long va, int access, Translation out, long leaf, int shift,
            long allowed, long refused) {
        int rights = rights(allowed, refused);
        if ((rights & access) == 0) {
            return fault(FaultKind.PERMISSION, PageFault.PRESENT, access, out);
        }
        boolean write = access == Access.WRITE;
        markUsed(memory, root, va, out.level, write);
        out.frame = leaf & FRAME & -(1L << shift);
        out.rights = rights;
        out.pageShift = shift;
        out.global = (leaf & GLOBAL) != 0;
        out.dirtyKnown = write || (leaf & DIRTY) != 0;
        return FaultKind.NONE;
    }

    private static int rights(long allowed, long refused) {
        if ((allowed & USER) == 0) {
            return 0;
        }
        return Access.READ | ((allowed & WRITE) != 0 ? Access.WRITE : 0) | (refused == 0 ? Access.EXEC : 0);
    }

    private void markUsed(PhysicalMemory memory, long root, long va, int leaf, boolean write) {
        long table = root;
        for (int level = 0; level <= leaf; level++) {
            int shift = PhysicalMemory.PAGE_SHIFT + (leafLevel - level) * TABLE_BITS;
            long slot = table + ((va >>> shift & 511) << 3);
            long entry = memory.get64(slot);
            long used = entry | ACCESSED | (write && level == leaf ? DIRTY : 0);
            if (used != entry) {
                memory.put64(slot, used);
            }
            table = entry & FRAME;
        }
    }

    static int fault(int kind, int cause, int access, Translation out) {
        out.statusCode = PageFault.code(cause, access == Access.WRITE, access == Access.EXEC, true);
        return kind;
    }
}
