// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static machine.arm.paging.ShortDescriptor.ACCESS_FLAG;
import static machine.arm.paging.ShortDescriptor.NEVER_WRITABLE;
import static machine.arm.paging.ShortDescriptor.NOT_GLOBAL;
import static machine.arm.paging.ShortDescriptor.NO_EXECUTE;
import static machine.arm.paging.ShortDescriptor.PAGE_ADDRESS;
import static machine.arm.paging.ShortDescriptor.READ_ONLY;
import static machine.arm.paging.ShortDescriptor.SHAREABLE;
import static machine.arm.paging.ShortDescriptor.SMALL_PAGE;
import static machine.arm.paging.ShortDescriptor.TABLE_ADDRESS;
import static machine.arm.paging.ShortDescriptor.USER;
import static machine.arm.paging.ShortDescriptor.WIRED;

import java.util.List;
import kernel.vm.page.MemoryAttribute;
import kernel.vm.pmap.VmProt;
import kernel.vm.radix.EntryFormat;
import kernel.vm.radix.RadixGeometry;

/**
 * ARMv7 short descriptors, used as FreeBSD's pmap-v6.c uses them.
 *
 * <p>Access flag and dirty state are kept in software: a page not yet used has AP[0] clear, a writable page not yet
 * written has AP[2] set and the RO mark clear. There is no bit for managed pages; the page is asked.
 */
public final class ShortDescriptorFormat implements EntryFormat {
    /** The domain of user tables. */
    static final int USER_DOMAIN = 1;

    private static final RadixGeometry GEOMETRY = new RadixGeometry(4, List.of(
            new RadixGeometry.Level("L1", 12), new RadixGeometry.Level("L2", 8)));

    private static final long TYPE = 3;
    private static final long PAGE = SMALL_PAGE | SHAREABLE | NOT_GLOBAL;

    @Override
    public RadixGeometry geometry() {
        return GEOMETRY;
    }

    @Override
    public long table(long tableAddress, int level) {
        return tableAddress | ShortDescriptor.inDomain(USER_DOMAIN) | ShortDescriptor.TABLE;
    }

    @Override
    public boolean isTable(long entry, int level) {
        return level == 0 && (entry & TYPE) == ShortDescriptor.TABLE;
    }

    @Override
    public long tableAddress(long entry) {
        return entry & TABLE_ADDRESS;
    }

    @Override
    public long leaf(long physicalAddress, int prot, int flags) {
        long entry = physicalAddress | PAGE;
        entry |= prot == VmProt.NONE ? 0 : USER;
        entry |= (prot & VmProt.WRITE) != 0 ? 0 : NEVER_WRITABLE;
        entry |= (prot & VmProt.EXEC) != 0 ? 0 : NO_EXECUTE;
        entry |= (flags & SET_MODIFIED) != 0 ? 0 : READ_ONLY;
        entry |= (flags & SET_REFERENCED) != 0 ? ACCESS_FLAG : 0;
        return entry | ((flags & SET_WIRED) != 0 ? WIRED : 0);
    }

    @Override
    public long withAttribute(long entry, MemoryAttribute attribute) {
        return switch (attribute) {
            case WRITE_BACK -> entry;
            case WRITE_COMBINING -> entry | ShortDescriptor.UNCACHED;
            case UNCACHEABLE -> entry | ShortDescriptor.DEVICE;
        };
    }

    @Override
    public boolean present(long entry) {
        return (entry & SMALL_PAGE) != 0;
    }

    @Override
    public long frame(long entry) {
        return entry & PAGE_ADDRESS;
    }

    @Override
    public int prot(long entry) {
        if ((entry & (SMALL_PAGE | USER)) != (SMALL_PAGE | USER)) {
            return VmProt.NONE;
        }
        int prot = VmProt.READ;
        prot |= (entry & NEVER_WRITABLE) != 0 ? 0 : VmProt.WRITE;
        return prot | ((entry & NO_EXECUTE) != 0 ? 0 : VmProt.EXEC);
    }

    @Override
    public boolean referenced(long entry) {
        return (entry & ACCESS_FLAG) != 0;
    }

    @Override
    public boolean modified(long entry) {
        return (entry & (SMALL_PAGE | READ_ONLY)) == SMALL_PAGE;
    }

    @Override
    public boolean wired(long entry) {
        return (entry & WIRED) != 0;
    }

    @Override
    public boolean marksManaged() {
        return false;
    }

    @Override
    public boolean managed(long entry) {
        throw new UnsupportedOperationException("a short descriptor has no bit for managed pages");
    }

    @Override
    public long withReferenced(long entry, boolean on) {
        return on ? entry | ACCESS_FLAG : entry & ~ACCESS_FLAG;
    }

    @Override
    public long withModified(long entry, boolean on) {
        return on ? entry & ~READ_ONLY : entry | READ_ONLY;
    }

    @Override
    public long withWired(long entry, boolean on) {
        return on ? entry | WIRED : entry & ~WIRED;
    }

    @Override
    public long readOnly(long entry) {
        return entry | READ_ONLY | NEVER_WRITABLE;
    }

    @Override
    public long noExecute(long entry) {
        return entry | NO_EXECUTE;
    }

    /** Entries whose access flag is clear are not cached. */
    @Override
    public boolean mayBeCached(long entry) {
        return (entry & (SMALL_PAGE | ACCESS_FLAG)) == (SMALL_PAGE | ACCESS_FLAG);
    }

    @Override
    public boolean hardwareReferenced() {
        return false;
    }

    @Override
    public boolean hardwareModified() {
        return false;
    }

    @Override
    public boolean separateInstructionCache() {
        return true;
    }

    @Override
    public boolean invalidateOnClearReference() {
        return true;
    }

    /** Sections of 1 MiB. */
    @Override
    public boolean superpages() {
        return true;
    }

    @Override
    public boolean isLarge(long entry, int level) {
        return level == 0 && (entry & (ShortDescriptor.SECTION | ShortDescriptor.SUPERSECTION)) == ShortDescriptor.SECTION;
    }

    /** {@inheritDoc} With break-before-make no page of a promoted section is left in a TLB. */
    @Override
    public long large(long leaf, boolean promoted) {
        return ShortDescriptor.sectionOf(leaf) | ShortDescriptor.inDomain(USER_DOMAIN);
    }

    @Override
    public long small(long large) {
        return ShortDescriptor.pageOf(large);
    }

    @Override
    public boolean breakBeforeMake() {
        return true;
    }

    @Override
    public String decode(long entry, int level) {
        if ((entry & TYPE) == 0) {
            return "invalid";
        }
        if (level == 0) {
            String domain = " domain " + ShortDescriptor.domain(entry);
            return isTable(entry, level)
                    ? "table" + domain + " 0x" + Long.toHexString(entry & TABLE_ADDRESS)
                    : "section" + domain + ShortDescriptor.bitsText(ShortDescriptor.pageOf(entry));
        }
        return present(entry) ? ShortDescriptor.pageText(entry) : "large page 0x" + Long.toHexString(entry);
    }
}
