// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;

/** The translation of user accesses in Sv39; the status code is the exception cause: 12 fetch, 13 load, 15 store. */
final class Sv39Walker implements Walker {
    private static final int ADDRESS_BITS = 39;
    private static final int LEVELS = 3;
    private static final int TABLE_BITS = 9;
    private static final int FETCH_FAULT = 12;
    private static final int LOAD_FAULT = 13;
    private static final int STORE_FAULT = 15;

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        int above = Long.SIZE - ADDRESS_BITS;
        if (va << above >> above != va) {
            return fault(FaultKind.NON_CANONICAL, access, out);
        }
        long table = root;
        for (int level = 0; level < LEVELS; level++) {
            int shift = PhysicalMemory.PAGE_SHIFT + (LEVELS - 1 - level) * TABLE_BITS;
            long entry = memory.get64(table + ((va >>> shift & (1 << TABLE_BITS) - 1) << 3));
            out.memoryReads++;
            out.level = level;
            if ((entry & PageEntry.VALID) == 0) {
                return fault(FaultKind.TRANSLATION, access, out);
            }
            boolean leaf = (entry & PageEntry.RIGHTS) != 0;
            if (isReserved(entry, leaf, level, shift)) {
                return fault(FaultKind.RESERVED, access, out);
            }
            if (leaf) {
                return finish(entry, shift, access, out);
            }
            table = PageEntry.address(entry);
        }
        throw new AssertionError("an entry of the last level is a leaf or reserved");
    }

    private static boolean isReserved(long entry, boolean leaf, int level, int shift) {
        if ((entry & PageEntry.RESERVED) != 0) {
            return true;
        }
        if (!leaf) {
            return level == LEVELS - 1
                    || (entry & (PageEntry.USER | PageEntry.ACCESSED | PageEntry.DIRTY)) != 0;
        }
        boolean writeOnly = (entry & (PageEntry.READ | PageEntry.WRITE)) == PageEntry.WRITE;
        boolean misaligned = (PageEntry.address(entry) & (1L << shift) - 1) != 0;
        return writeOnly || misaligned;
    }

    private static int finish(long leaf, int shift, int access, Translation out) {
        int rights = rights(leaf);
        boolean clean = access == Access.WRITE && (leaf & PageEntry.DIRTY) == 0;
        if ((rights & access) == 0) {
            return fault(FaultKind.PERMISSION, access, out);
        }
        if ((leaf & PageEntry.ACCESSED) == 0 || clean) {
            return fault(FaultKind.ACCESS_FLAG, access, out);
        }
        out.frame = PageEntry.address(leaf);
        out.rights = (leaf & PageEntry.DIRTY) != 0 ? rights : rights & ~Access.WRITE;
        out.pageShift = shift;
        out.global = (leaf & PageEntry.GLOBAL) != 0;
        out.dirtyKnown = true;
        return FaultKind.NONE;
    }

    private static int rights(long leaf) {
        if ((leaf & PageEntry.USER) == 0) {
            return 0;
        }
        return ((leaf & PageEntry.READ) != 0 ? Access.READ : 0) | ((leaf & PageEntry.WRITE) != 0 ? Access.WRITE : 0)
                | ((leaf & PageEntry.EXECUTE) != 0 ? Access.EXEC : 0);
    }

    private static int fault(int kind, int access, Translation out) {
        out.statusCode = access == Access.EXEC ? FETCH_FAULT : access == Access.WRITE ? STORE_FAULT : LOAD_FAULT;
        return kind;
    }
}
