// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static machine.x86.paging.PageEntry.FRAME;
import static machine.x86.paging.PageEntry.PRESENT;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;

/**
 * The page-miss handler of a processor with PAE paging: Intel SDM volume 3A, section 4.4.
 *
 * <p>Below the four directory pointers the tables are those of the 64-bit modes. The processor keeps the pointers in
 * registers, so reading them counts as no memory access, sets no A bit, and they grant and refuse nothing.
 *
 * <p>DEVIATION: the pointers are read here and not when CR3 is loaded, so a reserved bit in one is a page fault and not
 * #GP; the pmap changes none while it is loaded.
 */
public final class PaeWalker implements Walker {
    private static final int POINTER_SHIFT = 30;
    private static final int ADDRESS_BITS = 32;
    private static final int ADDRESS_MASK = (1 << POINTER_SHIFT) - 1;

    /** Bits 2:1 and 8:5 of a directory pointer. */
    private static final long RESERVED_LOW = 0x1e6;

    private final LongModeWalker tables;
    private final long reservedPointer;

    /**
     * A walker.
     *
     * @param physicalBits MAXPHYADDR
     */
    public PaeWalker(int physicalBits) {
        tables = new LongModeWalker(2, physicalBits);
        reservedPointer = -(1L << physicalBits) | RESERVED_LOW;
    }

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        if (va >>> ADDRESS_BITS != 0) {
            return LongModeWalker.fault(FaultKind.TRANSLATION, 0, access, out);
        }
        long pointer = memory.get64(root + (va >>> POINTER_SHIFT << 3));
        if ((pointer & PRESENT) == 0) {
            return LongModeWalker.fault(FaultKind.TRANSLATION, 0, access, out);
        }
        if ((pointer & reservedPointer) != 0) {
            return LongModeWalker.fault(FaultKind.RESERVED, PageFault.PRESENT | PageFault.RESERVED, access, out);
        }
        int kind = tables.descend(memory, pointer & FRAME, va & ADDRESS_MASK, access, out);
        out.level++;
        return kind;
    }
}
