// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;

/**
 * A made-up descriptor format: two levels of 512 entries of 8 bytes, 1 GiB of addresses.
 *
 * <p>A leaf holds the page address and the bits below; a directory entry the address of a leaf table and VALID.
 */
final class TestFormat implements Walker {
    static final long VALID = 1;
    static final long READ = 2;
    static final long WRITE = 4;
    static final long EXEC = 8;
    static final long WIRED = 16;
    static final long USED = 32;
    static final long CHANGED = 64;
    static final long ADDRESS = ~0xfffL;
    static final int ENTRIES = 512;
    static final long MAX_ADDRESS = 1L << 30;

    static long directorySlot(long root, long va) {
        return root + (va >>> 21) * 8;
    }

    static long leafSlot(long table, long va) {
        return table + (va >>> 12 & ENTRIES - 1) * 8;
    }

    /** The bits for a protection. */
    static long rights(int prot) {
        return (prot & 1) * READ | (prot >> 1 & 1) * WRITE | (prot >> 2 & 1) * EXEC;
    }

    /** The protection of a leaf. */
    static int prot(long leaf) {
        return (int) (leaf >> 1 & 7);
    }

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        if (root == 0 || va < 0 || va >= MAX_ADDRESS) {
            return FaultKind.NON_CANONICAL;
        }
        long directory = memory.get64(directorySlot(root, va));
        if ((directory & VALID) == 0) {
            return FaultKind.TRANSLATION;
        }
        long slot = leafSlot(directory & ADDRESS, va);
        long leaf = memory.get64(slot);
        if ((leaf & VALID) == 0) {
            return FaultKind.TRANSLATION;
        }
        if ((prot(leaf) & access) != access) {
            return FaultKind.PERMISSION;
        }
        leaf |= USED | (access == Access.WRITE ? CHANGED : 0);
        memory.put64(slot, leaf);
        out.frame = leaf & ADDRESS;
        out.rights = prot(leaf);
        out.pageShift = 12;
        out.dirtyKnown = (leaf & CHANGED) != 0;
        out.memoryReads = 2;
        return FaultKind.NONE;
    }
}
