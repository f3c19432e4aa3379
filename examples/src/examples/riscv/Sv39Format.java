// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import static examples.riscv.PageEntry.ACCESSED;
import static examples.riscv.PageEntry.DIRTY;
import static examples.riscv.PageEntry.EXECUTE;
import static examples.riscv.PageEntry.MANAGED;
import static examples.riscv.PageEntry.READ;
import static examples.riscv.PageEntry.RIGHTS;
import static examples.riscv.PageEntry.USER;
import static examples.riscv.PageEntry.VALID;
import static examples.riscv.PageEntry.WIRED;
import static examples.riscv.PageEntry.WRITE;

import java.util.List;
import kernel.vm.pmap.VmProt;
import kernel.vm.radix.EntryFormat;
import kernel.vm.radix.RadixGeometry;
import machine.core.memory.PhysicalMemory;

/** Sv39 entries; accessed and dirty bits are kept by page faults, as the Svade extension has it. */
final class Sv39Format implements EntryFormat {
    private static final RadixGeometry GEOMETRY = new RadixGeometry(8, List.of(new RadixGeometry.Level("L2", 9),
            new RadixGeometry.Level("L1", 9), new RadixGeometry.Level("L0", 9)));

    @Override
    public RadixGeometry geometry() {
        return GEOMETRY;
    }

    @Override
    public long table(long tableAddress, int level) {
        return PageEntry.number(tableAddress) | VALID;
    }

    @Override
    public boolean isTable(long entry, int level) {
        return level < GEOMETRY.leafLevel() && (entry & (VALID | RIGHTS)) == VALID;
    }

    @Override
    public long tableAddress(long entry) {
        return PageEntry.address(entry);
    }

    @Override
    public long leaf(long physicalAddress, int prot, int flags) {
        long entry = PageEntry.number(physicalAddress) | VALID;
        entry |= (prot & VmProt.WRITE) != 0 ? READ | WRITE : 0;
        entry |= (prot & VmProt.READ) != 0 ? READ : 0;
        entry |= (prot & VmProt.EXEC) != 0 ? EXECUTE : 0;
        entry = prot == VmProt.NONE ? entry | READ : entry | USER;
        entry |= (flags & SET_REFERENCED) != 0 ? ACCESSED : 0;
        entry |= (flags & SET_MODIFIED) != 0 ? DIRTY : 0;
        entry |= (flags & SET_WIRED) != 0 ? WIRED : 0;
        return entry | ((flags & SET_MANAGED) != 0 ? MANAGED : 0);
    }

    @Override
    public boolean present(long entry) {
        return (entry & VALID) != 0;
    }

    @Override
    public long frame(long entry) {
        return PageEntry.address(entry);
    }

    @Override
    public int prot(long entry) {
        if ((entry & (VALID | USER)) != (VALID | USER)) {
            return VmProt.NONE;
        }
        int prot = (entry & READ) != 0 ? VmProt.READ : VmProt.NONE;
        prot |= (entry & WRITE) != 0 ? VmProt.WRITE : 0;
        return prot | ((entry & EXECUTE) != 0 ? VmProt.EXEC : 0);
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

    /** A page that could only be executed stays a leaf, but is nobody's. */
    @Override
    public long noExecute(long entry) {
        long fresh = entry & ~EXECUTE;
        return (fresh & RIGHTS) != 0 ? fresh : (fresh | READ) & ~USER;
    }

    /** An entry whose accessed bit is clear faults, so it is not cached. */
    @Override
    public boolean mayBeCached(long entry) {
        return (entry & (VALID | ACCESSED)) == (VALID | ACCESSED);
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

    /** Megapages of 2 MiB. */
    @Override
    public boolean superpages() {
        return true;
    }

    @Override
    public boolean isLarge(long entry, int level) {
        return level == GEOMETRY.leafLevel() - 1 && (entry & VALID) != 0 && (entry & RIGHTS) != 0;
    }

    @Override
    public long large(long leaf, boolean promoted) {
        return leaf;
    }

    @Override
    public long small(long large) {
        return large;
    }

    /** There is no bit left to tell, so it may always be. */
    @Override
    public boolean wasPromoted(long large) {
        return true;
    }

    @Override
    public long advance(long leaf, int pages) {
        return leaf + PageEntry.number((long) pages << PhysicalMemory.PAGE_SHIFT);
    }

    @Override
    public String decode(long entry, int level) {
        return PageEntry.text(entry);
    }
}
