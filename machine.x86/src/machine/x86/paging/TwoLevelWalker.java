// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static machine.x86.paging.PageEntry.ACCESSED;
import static machine.x86.paging.PageEntry.DIRTY;
import static machine.x86.paging.PageEntry.FRAME;
import static machine.x86.paging.PageEntry.GLOBAL;
import static machine.x86.paging.PageEntry.LARGE;
import static machine.x86.paging.PageEntry.PRESENT;
import static machine.x86.paging.PageEntry.USER;
import static machine.x86.paging.PageEntry.WRITE;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;

/**
 * The page-miss handler of a processor with 32-bit paging and 4 MiB pages (CR4.PSE, PSE-36): Intel SDM volume 3A,
 * section 4.3.
 *
 * <p>Accesses are user-mode ones. There is no NX, so the fault of a fetch has no I/D bit. An address of more than 32
 * bits, which only a simulated program can make, is not present.
 */
public final class TwoLevelWalker implements Walker {
    private static final int ADDRESS_BITS = 32;
    private static final int LARGE_SHIFT = 22;
    private static final int INDEX_MASK = 1023;
    private static final long FRAME_4M = 0xffc0_0000L;

    /** Bits 20:13 of a 4 MiB entry are bits 39:32 of its address. */
    private static final long HIGH_ADDRESS = 0x1f_e000L;

    private static final int HIGH_ADDRESS_SHIFT = 32 - 13;
    private static final long RESERVED_4M = 1L << 21;

    private final long reservedLarge;

    /**
     * A walker.
     *
     * @param physicalBits MAXPHYADDR, 32 to 40: a 4 MiB page cannot be beyond
     */
    public TwoLevelWalker(int physicalBits) {
        reservedLarge = RESERVED_4M | HIGH_ADDRESS & (-(1L << physicalBits) >>> HIGH_ADDRESS_SHIFT);
    }

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        if (va >>> ADDRESS_BITS != 0) {
            return fault(FaultKind.TRANSLATION, 0, access, out);
        }
        long directorySlot = (root & FRAME) + (va >>> LARGE_SHIFT << 2);
        long directory = read(memory, directorySlot, out);
        if ((directory & PRESENT) == 0) {
            return fault(FaultKind.TRANSLATION, 0, access, out);
        }
        if ((directory & LARGE) != 0) {
            return large(memory, directorySlot, directory, access, out);
        }
        out.level = 1;
        long slot = (directory & FRAME) + ((va >>> PhysicalMemory.PAGE_SHIFT & INDEX_MASK) << 2);
        long entry = read(memory, slot, out);
        if ((entry & PRESENT) == 0) {
            return fault(FaultKind.TRANSLATION, 0, access, out);
        }
        int rights = rights(directory & entry);
        if ((rights & access) == 0) {
            return fault(FaultKind.PERMISSION, PageFault.PRESENT, access, out);
        }
        mark(memory, directorySlot, directory, ACCESSED);
        // A directory entry that is its own page's entry has been changed by the line above.
        markLeaf(memory, slot, read32(memory, slot), access);
        return finish(entry, entry & FRAME, PhysicalMemory.PAGE_SHIFT, rights, access, out);
    }

    private int large(PhysicalMemory memory, long slot, long entry, int access, Translation out) {
        if ((entry & reservedLarge) != 0) {
            return fault(FaultKind.RESERVED, PageFault.PRESENT | PageFault.RESERVED, access, out);
        }
        int rights = rights(entry);
        if ((rights & access) == 0) {
            return fault(FaultKind.PERMISSION, PageFault.PRESENT, access, out);
        }
        markLeaf(memory, slot, entry, access);
        long frame = entry & FRAME_4M | (entry & HIGH_ADDRESS) << HIGH_ADDRESS_SHIFT;
        return finish(entry, frame, LARGE_SHIFT, rights, access, out);
    }

    private static int finish(long leaf, long frame, int shift, int rights, int access, Translation out) {
        out.frame = frame;
        out.rights = rights;
        out.pageShift = shift;
        out.global = (leaf & GLOBAL) != 0;
        out.dirtyKnown = access == Access.WRITE || (leaf & DIRTY) != 0;
        return FaultKind.NONE;
    }

    private static int rights(long combined) {
        if ((combined & USER) == 0) {
            return 0;
        }
        return Access.READ | Access.EXEC | ((combined & WRITE) != 0 ? Access.WRITE : 0);
    }

    private static void markLeaf(PhysicalMemory memory, long slot, long entry, int access) {
        mark(memory, slot, entry, ACCESSED | (access == Access.WRITE ? DIRTY : 0));
    }

    private static void mark(PhysicalMemory memory, long slot, long entry, long bits) {
        if ((entry & bits) != bits) {
            memory.put32(slot, (int) (entry | bits));
        }
    }

    private static long read(PhysicalMemory memory, long slot, Translation out) {
        out.memoryReads++;
        return read32(memory, slot);
    }

    private static long read32(PhysicalMemory memory, long slot) {
        return memory.get32(slot) & 0xffff_ffffL;
    }

    private static int fault(int kind, int cause, int access, Translation out) {
        out.statusCode = PageFault.code(cause, access == Access.WRITE, false, true);
        return kind;
    }
}
