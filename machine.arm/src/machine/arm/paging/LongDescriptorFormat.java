// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static machine.arm.paging.Descriptor.ACCESS_FLAG;
import static machine.arm.paging.Descriptor.ADDRESS;
import static machine.arm.paging.Descriptor.DEVICE;
import static machine.arm.paging.Descriptor.INNER_SHAREABLE;
import static machine.arm.paging.Descriptor.MANAGED;
import static machine.arm.paging.Descriptor.NOT_GLOBAL;
import static machine.arm.paging.Descriptor.PRIVILEGED_NO_EXECUTE;
import static machine.arm.paging.Descriptor.READ_ONLY;
import static machine.arm.paging.Descriptor.TABLE_OR_PAGE;
import static machine.arm.paging.Descriptor.UNCACHED;
import static machine.arm.paging.Descriptor.USER;
import static machine.arm.paging.Descriptor.USER_NO_EXECUTE;
import static machine.arm.paging.Descriptor.VALID;
import static machine.arm.paging.Descriptor.WIRED;
import static machine.arm.paging.Descriptor.WRITABLE;

import java.util.List;
import kernel.vm.page.MemoryAttribute;
import kernel.vm.pmap.VmProt;
import kernel.vm.radix.EntryFormat;
import kernel.vm.radix.RadixGeometry;

/**
 * VMSAv8-64 descriptors with 4 KiB granule and 48-bit addresses, used as FreeBSD's arm64 pmap uses them.
 *
 * <p>A page not yet used has AF clear; a writable page not yet written has AP[2] set beside DBM. Without hardware
 * management DBM is only a mark and faults change the two bits; with it (FEAT_HAFDBS) walks do.
 */
public final class LongDescriptorFormat implements EntryFormat {
    private static final RadixGeometry GEOMETRY = new RadixGeometry(8, List.of(
            new RadixGeometry.Level("L0", 9), new RadixGeometry.Level("L1", 9),
            new RadixGeometry.Level("L2", 9), new RadixGeometry.Level("L3", 9)));

    private static final long TABLE = VALID | TABLE_OR_PAGE;
    private static final long PAGE = VALID | TABLE_OR_PAGE | INNER_SHAREABLE | NOT_GLOBAL | PRIVILEGED_NO_EXECUTE;

    private final boolean hardwareBits;

    /**
     * The format.
     *
     * @param hardwareBits whether TCR_EL1.HA and HD are on
     */
    public LongDescriptorFormat(boolean hardwareBits) {
        this.hardwareBits = hardwareBits;
    }

    @Override
    public RadixGeometry geometry() {
        return GEOMETRY;
    }

    @Override
    public long table(long tableAddress, int level) {
        return tableAddress | TABLE;
    }

    @Override
    public boolean isTable(long entry, int level) {
        return level < GEOMETRY.leafLevel() && (entry & TABLE) == TABLE;
    }

    @Override
    public long tableAddress(long entry) {
        return entry & ADDRESS;
    }

    @Override
    public long leaf(long physicalAddress, int prot, int flags) {
        long entry = physicalAddress | PAGE;
        entry |= prot == VmProt.NONE ? 0 : USER;
        entry |= (prot & VmProt.WRITE) != 0 ? WRITABLE : 0;
        entry |= (prot & VmProt.EXEC) != 0 ? 0 : USER_NO_EXECUTE;
        entry |= (flags & SET_MODIFIED) != 0 ? 0 : READ_ONLY;
        entry |= (flags & SET_REFERENCED) != 0 ? ACCESS_FLAG : 0;
        entry |= (flags & SET_WIRED) != 0 ? WIRED : 0;
        return entry | ((flags & SET_MANAGED) != 0 ? MANAGED : 0);
    }

    @Override
    public long withAttribute(long entry, MemoryAttribute attribute) {
        return switch (attribute) {
            case WRITE_BACK -> entry;
            case WRITE_COMBINING -> entry | UNCACHED;
            case UNCACHEABLE -> entry | DEVICE;
        };
    }

    @Override
    public boolean present(long entry) {
        return (entry & VALID) != 0;
    }

    @Override
    public long frame(long entry) {
        return entry & ADDRESS;
    }

    @Override
    public int prot(long entry) {
        if ((entry & (VALID | USER)) != (VALID | USER)) {
            return VmProt.NONE;
        }
        int prot = VmProt.READ;
        prot |= (entry & WRITABLE) != 0 || (entry & READ_ONLY) == 0 ? VmProt.WRITE : 0;
        return prot | ((entry & USER_NO_EXECUTE) != 0 ? 0 : VmProt.EXEC);
    }

    @Override
    public boolean referenced(long entry) {
        return (entry & ACCESS_FLAG) != 0;
    }

    @Override
    public boolean modified(long entry) {
        return (entry & (VALID | READ_ONLY)) == VALID;
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
        return (entry | READ_ONLY) & ~WRITABLE;
    }

    @Override
    public long noExecute(long entry) {
        return entry | USER_NO_EXECUTE;
    }

    /** Entries whose access flag is clear are not cached, unless hardware set it and a TLB still has the entry. */
    @Override
    public boolean mayBeCached(long entry) {
        return (entry & VALID) != 0 && (hardwareBits || (entry & ACCESS_FLAG) != 0);
    }

    @Override
    public boolean hardwareReferenced() {
        return hardwareBits;
    }

    @Override
    public boolean hardwareModified() {
        return hardwareBits;
    }

    @Override
    public boolean separateInstructionCache() {
        return true;
    }

    @Override
    public boolean invalidateOnClearReference() {
        return !hardwareBits;
    }

    /** Blocks of 2 MiB at level 2. */
    @Override
    public boolean superpages() {
        return true;
    }

    @Override
    public boolean isLarge(long entry, int level) {
        return level == GEOMETRY.leafLevel() - 1 && (entry & TABLE) == VALID;
    }

    /** {@inheritDoc} With break-before-make no page of a promoted block is left in a TLB. */
    @Override
    public long large(long leaf, boolean promoted) {
        return leaf & ~TABLE_OR_PAGE;
    }

    @Override
    public long small(long large) {
        return large | TABLE_OR_PAGE;
    }

    /** pmap_update_entry of FreeBSD: an output address or block size is changed through an invalid descriptor. */
    @Override
    public boolean breakBeforeMake() {
        return true;
    }

    @Override
    public String decode(long entry, int level) {
        if ((entry & VALID) == 0) {
            return "invalid";
        }
        return isTable(entry, level) ? Descriptor.tableText(entry) : Descriptor.leafText(entry);
    }
}
