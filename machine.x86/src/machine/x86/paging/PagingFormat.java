// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static machine.x86.paging.PageEntry.ACCESSED;
import static machine.x86.paging.PageEntry.ATTRIBUTE;
import static machine.x86.paging.PageEntry.CACHE_DISABLE;
import static machine.x86.paging.PageEntry.DIRTY;
import static machine.x86.paging.PageEntry.FRAME;
import static machine.x86.paging.PageEntry.LARGE;
import static machine.x86.paging.PageEntry.MANAGED;
import static machine.x86.paging.PageEntry.NO_EXECUTE;
import static machine.x86.paging.PageEntry.PRESENT;
import static machine.x86.paging.PageEntry.PROMOTED;
import static machine.x86.paging.PageEntry.USER;
import static machine.x86.paging.PageEntry.WIRED;
import static machine.x86.paging.PageEntry.WRITE;
import static machine.x86.paging.PageEntry.WRITE_THROUGH;

import java.util.List;
import kernel.vm.page.MemoryAttribute;
import kernel.vm.pmap.VmProt;
import kernel.vm.radix.EntryFormat;
import kernel.vm.radix.RadixGeometry;

/** Entries of the four paging modes, used as FreeBSD's amd64 and i386 pmaps use them. */
public final class PagingFormat implements EntryFormat {
    private static final RadixGeometry FOUR_LEVELS = new RadixGeometry(8, List.of(
            new RadixGeometry.Level("PML4", 9), new RadixGeometry.Level("PDPT", 9),
            new RadixGeometry.Level("PD", 9), new RadixGeometry.Level("PT", 9)));

    private static final RadixGeometry FIVE_LEVELS = new RadixGeometry(8, List.of(
            new RadixGeometry.Level("PML5", 9), new RadixGeometry.Level("PML4", 9), new RadixGeometry.Level("PDPT", 9),
            new RadixGeometry.Level("PD", 9), new RadixGeometry.Level("PT", 9)));

    private static final RadixGeometry PAE = new RadixGeometry(8, List.of(
            new RadixGeometry.Level("PDPT", 2), new RadixGeometry.Level("PD", 9), new RadixGeometry.Level("PT", 9)));
    private static final RadixGeometry TWO_LEVELS = new RadixGeometry(4, List.of(
            new RadixGeometry.Level("PD", 10), new RadixGeometry.Level("PT", 10)));

    private final RadixGeometry geometry;
    private final long noExecute;
    private final boolean pointerRoot;

    private PagingFormat(RadixGeometry geometry, long noExecute, boolean pointerRoot) {
        this.geometry = geometry;
        this.noExecute = noExecute;
        this.pointerRoot = pointerRoot;
    }

    /** 32-bit paging: 4-byte entries, no way to refuse execution. */
    public static PagingFormat twoLevels() {
        return new PagingFormat(TWO_LEVELS, 0, false);
    }

    /** PAE paging: 8-byte entries under four directory pointers that carry no rights. */
    public static PagingFormat pae() {
        return new PagingFormat(PAE, NO_EXECUTE, true);
    }

    /** The 4-level format: 48-bit addresses. */
    public static PagingFormat fourLevels() {
        return new PagingFormat(FOUR_LEVELS, NO_EXECUTE, false);
    }

    /** The 5-level format: 57-bit addresses. */
    public static PagingFormat fiveLevels() {
        return new PagingFormat(FIVE_LEVELS, NO_EXECUTE, false);
    }

    @Override
    public RadixGeometry geometry() {
        return geometry;
    }

    /** With PAE the page directories stay: the processor reads the pointers to them when CR3 is loaded. */
    @Override
    public int fixedLevels() {
        return pointerRoot ? 2 : 1;
    }

    @Override
    public long table(long tableAddress, int level) {
        return tableAddress | PRESENT | (pointerRoot && level == 0 ? 0 : WRITE | USER);
    }

    @Override
    public boolean isTable(long entry, int level) {
        return level < geometry.leafLevel() && (entry & (PRESENT | LARGE)) == PRESENT;
    }

    @Override
    public long tableAddress(long entry) {
        return entry & FRAME;
    }

    @Override
    public long leaf(long physicalAddress, int prot, int flags) {
        long entry = physicalAddress | PRESENT;
        entry |= prot == VmProt.NONE ? 0 : USER;
        entry |= (prot & VmProt.WRITE) != 0 ? WRITE : 0;
        entry |= (prot & VmProt.EXEC) != 0 ? 0 : noExecute;
        entry |= (flags & SET_REFERENCED) != 0 ? ACCESSED : 0;
        entry |= (flags & SET_MODIFIED) != 0 ? DIRTY : 0;
        entry |= (flags & SET_WIRED) != 0 ? WIRED : 0;
        return entry | ((flags & SET_MANAGED) != 0 ? MANAGED : 0);
    }

    /** As in FreeBSD's page attribute table: entry 3 is uncacheable, entry 6 write-combining. */
    @Override
    public long withAttribute(long entry, MemoryAttribute attribute) {
        return switch (attribute) {
            case WRITE_BACK -> entry;
            case WRITE_COMBINING -> entry | ATTRIBUTE | CACHE_DISABLE;
            case UNCACHEABLE -> entry | CACHE_DISABLE | WRITE_THROUGH;
        };
    }

    @Override
    public boolean present(long entry) {
        return (entry & PRESENT) != 0;
    }

    @Override
    public long frame(long entry) {
        return entry & FRAME;
    }

    @Override
    public int prot(long entry) {
        if ((entry & (PRESENT | USER)) != (PRESENT | USER)) {
            return VmProt.NONE;
        }
        int prot = VmProt.READ;
        prot |= (entry & WRITE) != 0 ? VmProt.WRITE : 0;
        return prot | ((entry & noExecute) != 0 ? 0 : VmProt.EXEC);
    }

    @Override
    public boolean referenced(long entry) {
        return (entry & ACCESSED) != 0;
    }

    @Override
    public boolean modified(long entry) {
        return (entry & (DIRTY | WRITE)) == (DIRTY | WRITE);
    }

    @Override
    public boolean wired(long entry) {
        return (entry & WIRED) != 0;
    }

    @Override
    public boolean managed(long entry) {
        return (entry & MANAGED) != 0;
    }

    @Override
    public long withReferenced(long entry, boolean on) {
        return on ? entry | ACCESSED : entry & ~ACCESSED;
    }

    @Override
    public long withModified(long entry, boolean on) {
        return on ? entry | DIRTY : entry & ~DIRTY;
    }

    @Override
    public long withWired(long entry, boolean on) {
        return on ? entry | WIRED : entry & ~WIRED;
    }

    @Override
    public long readOnly(long entry) {
        return entry & ~(WRITE | DIRTY);
    }

    @Override
    public long noExecute(long entry) {
        return entry | noExecute;
    }

    /** Any present entry: clearing A leaves the translation in the TLB. */
    @Override
    public boolean mayBeCached(long entry) {
        return (entry & PRESENT) != 0;
    }

    @Override
    public boolean hardwareReferenced() {
        return true;
    }

    @Override
    public boolean hardwareModified() {
        return true;
    }

    @Override
    public boolean separateInstructionCache() {
        return false;
    }

    @Override
    public boolean invalidateOnClearReference() {
        return false;
    }

    /** 2 MiB pages, or 4 MiB ones with 32-bit entries. */
    @Override
    public boolean superpages() {
        return true;
    }

    @Override
    public boolean isLarge(long entry, int level) {
        return level == geometry.leafLevel() - 1 && (entry & (PRESENT | LARGE)) == (PRESENT | LARGE);
    }

    @Override
    public long large(long leaf, boolean promoted) {
        return leaf | LARGE | (promoted ? PROMOTED : 0);
    }

    @Override
    public long small(long large) {
        return large & ~(LARGE | PROMOTED);
    }

    @Override
    public boolean wasPromoted(long large) {
        return (large & PROMOTED) != 0;
    }

    @Override
    public String decode(long entry, int level) {
        return PageEntry.text(entry, level == geometry.leafLevel() || (entry & LARGE) != 0);
    }
}
