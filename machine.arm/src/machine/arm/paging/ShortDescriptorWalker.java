// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static machine.arm.paging.ShortDescriptor.ACCESS_FLAG;
import static machine.arm.paging.ShortDescriptor.LARGE_NO_EXECUTE;
import static machine.arm.paging.ShortDescriptor.LARGE_PAGE;
import static machine.arm.paging.ShortDescriptor.NOT_GLOBAL;
import static machine.arm.paging.ShortDescriptor.NO_EXECUTE;
import static machine.arm.paging.ShortDescriptor.READ_ONLY;
import static machine.arm.paging.ShortDescriptor.SECTION;
import static machine.arm.paging.ShortDescriptor.SECTION_ACCESS_FLAG;
import static machine.arm.paging.ShortDescriptor.SECTION_NOT_GLOBAL;
import static machine.arm.paging.ShortDescriptor.SECTION_NO_EXECUTE;
import static machine.arm.paging.ShortDescriptor.SECTION_READ_ONLY;
import static machine.arm.paging.ShortDescriptor.SECTION_USER;
import static machine.arm.paging.ShortDescriptor.SMALL_PAGE;
import static machine.arm.paging.ShortDescriptor.SUPERSECTION;
import static machine.arm.paging.ShortDescriptor.TABLE;
import static machine.arm.paging.ShortDescriptor.TABLE_ADDRESS;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;

/**
 * The translation of user accesses through TTBR0 with short descriptors: TTBCR.N = 0, access flag enabled (AFE), TEX
 * remap (TRE), no hardware management; ARM DDI 0406C, sections B3.5 to B3.7.
 *
 * <p>Nothing in memory is ever changed by a walk. The domains 0 and 1 are those of a client, the others refuse all. An
 * address of more than 32 bits, which only a simulated program can make, has no translation.
 */
public final class ShortDescriptorWalker implements Walker {
    private static final int ADDRESS_BITS = 32;
    private static final int SECTION_SHIFT = 20;
    private static final int SUPERSECTION_SHIFT = 24;
    private static final int LARGE_SHIFT = 16;
    private static final int L2_MASK = 255;
    private static final int CLIENT_DOMAINS = 0b11;
    private static final long L1_ADDRESS = 0xffff_c000L;
    private static final long WORD = 0xffff_ffffL;

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        if (va >>> ADDRESS_BITS != 0) {
            return fault(FaultKind.TRANSLATION, ShortFaultStatus.TRANSLATION, 0, access, out);
        }
        long first = read(memory, (root & L1_ADDRESS) + (va >>> SECTION_SHIFT << 2), out);
        if ((first & SECTION) != 0) {
            return section(first, access, out);
        }
        if ((first & TABLE) == 0) {
            return fault(FaultKind.TRANSLATION, ShortFaultStatus.TRANSLATION, 0, access, out);
        }
        out.level = 1;
        int domain = ShortDescriptor.domain(first);
        long index = va >>> PhysicalMemory.PAGE_SHIFT & L2_MASK;
        long entry = read(memory, (first & TABLE_ADDRESS) + (index << 2), out);
        if ((entry & (SMALL_PAGE | LARGE_PAGE)) == 0) {
            return fault(FaultKind.TRANSLATION, ShortFaultStatus.TRANSLATION + ShortFaultStatus.SECOND_LEVEL, domain,
                    access, out);
        }
        if ((entry & ACCESS_FLAG) == 0) {
            return fault(FaultKind.ACCESS_FLAG, ShortFaultStatus.ACCESS_FLAG + ShortFaultStatus.PAGE, domain, access,
                    out);
        }
        boolean small = (entry & SMALL_PAGE) != 0;
        out.pageShift = small ? PhysicalMemory.PAGE_SHIFT : LARGE_SHIFT;
        out.rights = rights(entry, ShortDescriptor.USER, READ_ONLY, small ? NO_EXECUTE : LARGE_NO_EXECUTE);
        out.global = (entry & NOT_GLOBAL) == 0;
        return finish(entry, ShortFaultStatus.SECOND_LEVEL, domain, access, out);
    }

    private static int section(long entry, int access, Translation out) {
        boolean big = (entry & SUPERSECTION) != 0;
        int domain = big ? 0 : ShortDescriptor.domain(entry);
        if ((entry & SECTION_ACCESS_FLAG) == 0) {
            return fault(FaultKind.ACCESS_FLAG, ShortFaultStatus.ACCESS_FLAG, domain, access, out);
        }
        out.pageShift = big ? SUPERSECTION_SHIFT : SECTION_SHIFT;
        out.rights = rights(entry, SECTION_USER, SECTION_READ_ONLY, SECTION_NO_EXECUTE);
        out.global = (entry & SECTION_NOT_GLOBAL) == 0;
        long high = big ? (entry >>> 20 & 15) << 32 | (entry >>> 5 & 15) << 36 : 0;
        int kind = finish(entry, 0, domain, access, out);
        out.frame |= high;
        return kind;
    }

    private static int finish(long entry, int levelStatus, int domain, int access, Translation out) {
        if ((CLIENT_DOMAINS >>> domain & 1) == 0) {
            return fault(FaultKind.PERMISSION, ShortFaultStatus.DOMAIN + levelStatus, domain, access, out);
        }
        if ((out.rights & access) == 0) {
            return fault(FaultKind.PERMISSION, ShortFaultStatus.PERMISSION + levelStatus, domain, access, out);
        }
        out.frame = entry & WORD & -(1L << out.pageShift);
        out.dirtyKnown = true;
        return FaultKind.NONE;
    }

    private static int rights(long entry, int user, int readOnly, int noExecute) {
        if ((entry & user) == 0) {
            return 0;
        }
        return Access.READ | ((entry & readOnly) == 0 ? Access.WRITE : 0) | ((entry & noExecute) == 0 ? Access.EXEC : 0);
    }

    private static long read(PhysicalMemory memory, long slot, Translation out) {
        out.memoryReads++;
        return memory.get32(slot) & WORD;
    }

    private static int fault(int kind, int status, int domain, int access, Translation out) {
        out.statusCode = ShortFaultStatus.of(status, domain, access == Access.WRITE, access == Access.EXEC);
        return kind;
    }
}
