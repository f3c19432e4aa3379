// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.testing;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.MappingVisitor;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.TableVisitor;
import kernel.vm.pmap.VmProt;
import kernel.vm.pmap.WalkStep;
import machine.core.engine.Cpu;
import machine.core.memory.PhysicalMemory;

/** A pmap of the made-up machine. Every change drops the whole TLB of every CPU. */
final class TestPmap implements Pmap {
    private static final int PAGE = PhysicalMemory.PAGE_SIZE;

    private final TestPmapModule module;
    private final PhysicalMemory memory;
    private final long root;
    private int resident;
    private int wired;

    TestPmap(TestPmapModule module, long root) {
        this.module = module;
        this.memory = module.host.memory();
        this.root = root;
        module.pmaps++;
    }

    private long slot(long va) {
        long directory = memory.get64(TestFormat.directorySlot(root, va));
        return directory == 0 ? 0 : TestFormat.leafSlot(directory & TestFormat.ADDRESS, va);
    }

    long leaf(long va) {
        long slot = slot(va);
        return slot == 0 ? 0 : memory.get64(slot);
    }

    void change(long va, long leaf) {
        memory.put64(slot(va), leaf);
        for (int id = 0; id < module.host.engine().cpuCount(); id++) {
            module.host.engine().cpu(id).mmu().invalidateAll();
        }
    }

    private VmPage page(long leaf) {
        return module.host.page(leaf & TestFormat.ADDRESS);
    }

    private void fold(long leaf) {
        if ((leaf & TestFormat.CHANGED) != 0) {
            page(leaf).markDirty();
        }
        if ((leaf & TestFormat.USED) != 0) {
            page(leaf).markReferenced();
        }
    }

    @Override
    public PmapModule module() {
        return module;
    }

    @Override
    public int enter(long va, VmPage page, int prot, int flags) {
        if ((prot & VmProt.WRITE) != 0 && !page.writeable() && !page.unmanaged()) {
            throw new AssertionError("writable mapping of a page without the flag: " + page);
        }
        if (!ensureTable(va)) {
            return KernResult.RESOURCE_SHORTAGE;
        }
        long old = leaf(va);
        long keep = 0;
        if ((old & TestFormat.VALID) != 0 && page(old) == page) {
            keep = old & (TestFormat.USED | TestFormat.CHANGED);
            fold((prot & VmProt.WRITE) == 0 ? old : 0);
            uncount(old);
        } else {
            if ((old & TestFormat.VALID) != 0) {
                drop(va, old);
            }
            module.listed(page, this, va);
        }
        long bits = TestFormat.VALID | TestFormat.rights(prot) | keep;
        bits |= (flags & VmProt.ALL) != 0 ? TestFormat.USED : 0;
        bits |= (flags & VmProt.WRITE) != 0 ? TestFormat.CHANGED : 0;
        bits |= (flags & WIRED) != 0 ? TestFormat.WIRED : 0;
        if ((prot & VmProt.WRITE) == 0) {
            bits &= ~TestFormat.CHANGED;
        }
        change(va, page.physicalAddress() | bits);
        resident++;
        wired += (flags & WIRED) != 0 ? 1 : 0;
        return KernResult.SUCCESS;
    }

    private boolean ensureTable(long va) {
        long slot = TestFormat.directorySlot(root, va);
        if (memory.get64(slot) == 0) {
            long table = module.table();
            if (table < 0) {
                return false;
            }
            memory.put64(slot, table | TestFormat.VALID);
        }
        return true;
    }

    private void uncount(long leaf) {
        resident--;
        wired -= (leaf & TestFormat.WIRED) != 0 ? 1 : 0;
    }

    private void drop(long va, long leaf) {
        fold(leaf);
        uncount(leaf);
        change(va, 0);
        module.unlisted(page(leaf), this, va);
    }

    @Override
    public void enterQuick(long va, VmPage page, int prot) {
        if (isPrefaultable(va) || leaf(va) == 0 && ensureTable(va)) {
            module.listed(page, this, va);
            change(va, page.physicalAddress() | TestFormat.VALID | TestFormat.rights(prot & ~VmProt.WRITE));
            resident++;
        }
    }

    @Override
    public boolean isPrefaultable(long va) {
        return slot(va) != 0 && leaf(va) == 0;
    }

    /** Calls for every valid leaf of a range. */
    private void leaves(long start, long end, LeafAction action) {
        for (long va = start; va < Math.min(end, TestFormat.MAX_ADDRESS); ) {
            if (memory.get64(TestFormat.directorySlot(root, va)) == 0) {
                va = (va >>> 21) + 1 << 21;
                continue;
            }
            long leaf = leaf(va);
            if ((leaf & TestFormat.VALID) != 0) {
                action.leaf(va, leaf);
            }
            va += PAGE;
        }
    }

    private interface LeafAction {
        void leaf(long va, long leaf);
    }

    @Override
    public void remove(long start, long end) {
        leaves(start, end, this::drop);
    }

    @Override
    public void protect(long start, long end, int prot) {
        if ((prot & (VmProt.READ | VmProt.EXEC)) == 0) {
            remove(start, end);
        } else if ((prot & VmProt.WRITE) == 0) {
            leaves(start, end, (va, leaf) -> takeWrite(va));
        }
        if ((prot & VmProt.EXEC) == 0) {
            leaves(start, end, (va, leaf) -> change(va, leaf(va) & ~TestFormat.EXEC));
        }
    }

    void takeWrite(long va) {
        long leaf = leaf(va);
        fold(leaf);
        change(va, leaf & ~(TestFormat.WRITE | TestFormat.CHANGED));
    }

    @Override
    public long extract(long va) {
        long leaf = leaf(va);
        return (leaf & TestFormat.VALID) == 0 ? -1 : leaf & TestFormat.ADDRESS | va & PAGE - 1;
    }

    @Override
    public void changeWiring(long va, boolean on) {
        long leaf = leaf(va);
        if ((leaf & TestFormat.VALID) != 0) {
            wired += (on ? 1 : 0) - ((leaf & TestFormat.WIRED) != 0 ? 1 : 0);
            change(va, on ? leaf | TestFormat.WIRED : leaf & ~TestFormat.WIRED);
        }
    }

    @Override
    public void copyTo(Pmap destination, long start, long end) {
        leaves(start, end, (va, leaf) ->
                destination.enterQuick(va, page(leaf), TestFormat.prot(leaf) & ~VmProt.WRITE));
    }

    @Override
    public void activate(Cpu cpu) {
        cpu.mmu().load(root, 0);
    }

    @Override
    public void deactivate(Cpu cpu) {
        cpu.mmu().load(0, 0);
    }

    @Override
    public int residentCount() {
        return resident;
    }

    @Override
    public int wiredCount() {
        return wired;
    }

    @Override
    public void removePages() {
        leaves(0, TestFormat.MAX_ADDRESS, (va, leaf) -> {
            if ((leaf & TestFormat.WIRED) == 0) {
                drop(va, leaf);
            }
        });
    }

    @Override
    public void release() {
        if (resident != 0 || wired != 0) {
            throw new AssertionError("released with " + resident + " resident and " + wired + " wired pages");
        }
        for (long va = 0; va < TestFormat.MAX_ADDRESS; va += 1L << 21) {
            long directory = memory.get64(TestFormat.directorySlot(root, va));
            if (directory != 0) {
                module.host.freeTable(directory & TestFormat.ADDRESS, 1);
            }
        }
        module.host.freeTable(root, 1);
        module.pmaps--;
    }

    @Override
    public boolean softFault(long va, int access) {
        return false;
    }

    @Override
    public int mincore(long va) {
        long leaf = leaf(va);
        if ((leaf & TestFormat.VALID) == 0) {
            return 0;
        }
        VmPage page = page(leaf);
        int info = 1;
        if ((leaf & TestFormat.CHANGED) != 0) {
            info |= 0x14;
        } else if (page.dirty() != 0 || module.isModified(page)) {
            info |= 0x10;
        }
        if ((leaf & TestFormat.USED) != 0) {
            info |= 0x0a;
        } else if (page.referenced() || module.isReferenced(page)) {
            info |= 0x08;
        }
        return info;
    }

    @Override
    public void forEachMapping(MappingVisitor visitor) {
        leaves(0, TestFormat.MAX_ADDRESS, (va, leaf) -> visitor.mapping(va, page(leaf), TestFormat.prot(leaf),
                (leaf & TestFormat.WIRED) != 0, (leaf & TestFormat.USED) != 0, (leaf & TestFormat.CHANGED) != 0));
    }

    @Override
    public void forEachTable(TableVisitor visitor) {
        visitor.table(0, root, PAGE, 0, 0);
    }

    @Override
    public List<WalkStep> describe(long va) {
        return List.of();
    }
}
