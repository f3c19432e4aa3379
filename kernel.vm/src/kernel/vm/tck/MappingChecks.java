// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.EXEC;
import static kernel.vm.pmap.VmProt.NONE;
import static kernel.vm.pmap.VmProt.READ;
import static kernel.vm.pmap.VmProt.WRITE;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.Pmap;
import machine.core.mmu.Mmu;

/** Entering, lowering, removing and looking at mappings. */
final class MappingChecks {
    private static final long VA = 0x10_0000;
    private static final long PAGE = 0x1000;

    private MappingChecks() {}

    static void addTo(List<PmapCheck> checks) {
        checks.add(new PmapCheck("an entered page can be reached", 1, MappingChecks::enter));
        checks.add(new PmapCheck("rights are what was asked for", 1, MappingChecks::rights));
        checks.add(new PmapCheck("entering another page replaces the first", 1, MappingChecks::replace));
        checks.add(new PmapCheck("entering the same page changes rights and keeps bits", 1, MappingChecks::update));
        checks.add(new PmapCheck("remove drops a range and nothing else", 1, MappingChecks::remove));
        checks.add(new PmapCheck("protect lowers and never raises", 1, MappingChecks::protect));
        checks.add(new PmapCheck("wiring changes counts only", 1, MappingChecks::wiring));
        checks.add(new PmapCheck("a wired page takes no fault of any kind", 1, MappingChecks::wiredFaults));
        checks.add(new PmapCheck("a wired page without rights stays and refuses", 1, MappingChecks::wiredNone));
        checks.add(new PmapCheck("a quick mapping is read-only, unwired and unused", 1, MappingChecks::quick));
        checks.add(new PmapCheck("a copy has neither write access nor bits", 1, MappingChecks::copy));
        checks.add(new PmapCheck("a shortage of tables changes nothing", 1, MappingChecks::shortage));
        checks.add(new PmapCheck("the walk is described level by level", 1, MappingChecks::describe));
        checks.add(new PmapCheck("mincore reports the bits of mapping and page", 1, MappingChecks::mincore));
    }

    private static Pmap start(PmapRig rig) {
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        return pmap;
    }

    private static void enter(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage page = rig.page();
        rig.enter(pmap, VA, page, READ, READ);
        Expect.equal(page.physicalAddress() + 5, rig.access(0, VA + 5, READ), "translation");
        Expect.equal(page.physicalAddress() + 5, pmap.extract(VA + 5), "extract");
        Expect.equal(-1, pmap.extract(VA + PAGE), "extract of nothing");
        Expect.equal(Mmu.FAULT, rig.access(0, VA + PAGE, READ), "access to nothing");
        Expect.equal(1, pmap.residentCount(), "resident pages");
        new Invariants(rig).check();
    }

    private static void rights(PmapRig rig) {
        Pmap pmap = start(rig);
        boolean noExecute = rig.module().capabilities().noExecute();
        for (int prot : new int[] {READ, READ | WRITE, READ | EXEC, READ | WRITE | EXEC}) {
            long va = VA + prot * PAGE;
            rig.enter(pmap, va, rig.page(), prot, READ);
            for (int access : new int[] {READ, WRITE, EXEC}) {
                boolean free = access == EXEC && !noExecute;
                boolean granted = rig.access(0, va, access) != Mmu.FAULT;
                Expect.that(free || granted == ((prot & access) != 0), "protection " + prot + ", access " + access);
            }
        }
        new Invariants(rig).check();
    }

    private static void replace(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage first = rig.page();
        VmPage second = rig.page();
        rig.enter(pmap, VA, first, READ | WRITE, WRITE | Pmap.WIRED);
        rig.access(0, VA, WRITE);
        rig.enter(pmap, VA, second, READ, READ);
        Expect.equal(second.physicalAddress(), rig.access(0, VA, READ), "translation");
        Expect.equal(Mmu.FAULT, rig.access(0, VA, WRITE), "write to the read-only page");
        Expect.equal(0, first.pvCount(), "mappings of the replaced page");
        Expect.equal(VmPage.ALL, first.dirty(), "modified bit of the replaced mapping, folded");
        Expect.that(first.referenced(), "the referenced bit of the replaced mapping is folded");
        Expect.equal(1, pmap.residentCount(), "resident pages");
        Expect.equal(0, pmap.wiredCount(), "wired pages");
        new Invariants(rig).check();
    }

    private static void update(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage page = rig.page();
        rig.enter(pmap, VA, page, READ | WRITE, WRITE);
        rig.access(0, VA, WRITE);
        rig.enter(pmap, VA, page, READ | WRITE, READ);
        Expect.that(rig.module().isModified(page), "the modified bit survives a new entry of the same page");
        Expect.equal(0, page.dirty(), "nothing was folded");
        rig.enter(pmap, VA, page, READ, READ);
        Expect.equal(Mmu.FAULT, rig.access(0, VA, WRITE), "write after write access was taken");
        Expect.that(page.dirty() == VmPage.ALL || rig.module().isModified(page), "the modification is not lost");
        Expect.equal(1, page.pvCount(), "mappings");
        new Invariants(rig).check();
    }

    private static void remove(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage[] pages = new VmPage[4];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = rig.page();
            rig.enter(pmap, VA + i * PAGE, pages[i], READ | WRITE, WRITE | (i == 1 ? Pmap.WIRED : 0));
            rig.access(0, VA + i * PAGE, WRITE);
        }
        pmap.remove(VA + PAGE, VA + 3 * PAGE);
        for (int i = 0; i < pages.length; i++) {
            boolean gone = i == 1 || i == 2;
            Expect.equal(gone ? 1 : 0, rig.access(0, VA + i * PAGE, READ) == Mmu.FAULT ? 1 : 0, "removal of page " + i);
            Expect.equal(gone ? VmPage.ALL : 0, pages[i].dirty(), "folded modified bits of page " + i);
        }
        Expect.equal(2, pmap.residentCount(), "resident pages");
        Expect.equal(0, pmap.wiredCount(), "wired pages");
        new Invariants(rig).check();
    }

    private static void protect(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage page = rig.page();
        rig.enter(pmap, VA, page, READ | WRITE, WRITE);
        rig.access(0, VA, WRITE);
        pmap.protect(VA, VA + PAGE, READ);
        Expect.equal(Mmu.FAULT, rig.access(0, VA, WRITE), "write after protect");
        Expect.equal(page.physicalAddress(), rig.access(0, VA, READ), "read after protect");
        Expect.that(page.dirty() == VmPage.ALL || rig.module().isModified(page), "the modification is not lost");
        pmap.protect(VA, VA + PAGE, READ | WRITE | EXEC);
        Expect.equal(Mmu.FAULT, rig.access(0, VA, WRITE), "write after a protect that must not raise");
        pmap.protect(VA, VA + PAGE, NONE);
        Expect.equal(0, pmap.residentCount(), "resident pages after protect(NONE)");
        new Invariants(rig).check();
    }

    private static void wiring(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage page = rig.page();
        rig.enter(pmap, VA, page, READ, READ | Pmap.WIRED);
        Expect.equal(1, pmap.wiredCount(), "wired pages");
        pmap.changeWiring(VA, true);
        Expect.equal(1, pmap.wiredCount(), "wired pages after wiring a wired page");
        pmap.changeWiring(VA, false);
        Expect.equal(0, pmap.wiredCount(), "wired pages after unwiring");
        pmap.changeWiring(VA + PAGE, true);
        Expect.equal(0, pmap.wiredCount(), "wired pages after wiring nothing");
        Expect.equal(page.physicalAddress(), rig.access(0, VA, READ), "translation");
        new Invariants(rig).check();
    }

    private static void wiredFaults(PmapRig rig) {
        Pmap pmap = start(rig);
        rig.enter(pmap, VA, rig.page(), READ | WRITE, READ | Pmap.WIRED);
        rig.enter(pmap, VA + PAGE, rig.page(), READ | WRITE, 0);
        pmap.changeWiring(VA + PAGE, true);
        for (long va = VA; va <= VA + PAGE; va += PAGE) {
            Expect.that(rig.cpu(0).mmu().translate(va, READ) != Mmu.FAULT, "a read of a wired page does not fault");
            Expect.that(rig.cpu(0).mmu().translate(va, WRITE) != Mmu.FAULT, "a write to a wired page does not fault");
        }
        new Invariants(rig).check();
    }

    private static void wiredNone(PmapRig rig) {
        Pmap pmap = start(rig);
        rig.enter(pmap, VA, rig.page(), NONE, Pmap.WIRED);
        Expect.equal(1, pmap.residentCount(), "resident pages");
        Expect.equal(1, pmap.wiredCount(), "wired pages");
        if (rig.module().capabilities().noAccess()) {
            Expect.equal(Mmu.FAULT, rig.access(0, VA, READ), "read of a page without rights");
        }
        new Invariants(rig).check();
    }

    private static void quick(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage page = rig.page();
        rig.enter(pmap, VA, rig.page(), READ, READ);
        Expect.that(!pmap.isPrefaultable(VA), "a mapped page is not prefaultable");
        pmap.enterQuick(VA + PAGE, page, READ | WRITE);
        pmap.enterQuick(VA, page, READ);
        Expect.that(pmap.extract(VA) != page.physicalAddress(), "a quick mapping replaces nothing");
        pmap.forEachMapping((va, mapped, prot, wired, referenced, modified) -> {
            if (mapped == page) {
                Expect.that(!wired && !referenced && !modified && (prot & WRITE) == 0, "a quick mapping is plain");
            }
        });
        Expect.equal(Mmu.FAULT, rig.access(0, VA + PAGE, WRITE), "write through a quick mapping");
        new Invariants(rig).check();
    }

    private static void copy(PmapRig rig) {
        Pmap parent = start(rig);
        VmPage page = rig.page();
        rig.enter(parent, VA, page, READ | WRITE, WRITE | Pmap.WIRED);
        Pmap child = rig.create();
        parent.copyTo(child, VA, VA + 4 * PAGE);
        child.forEachMapping((va, mapped, prot, wired, referenced, modified) ->
                Expect.that(mapped == page && !wired && !referenced && !modified && (prot & WRITE) == 0, "plain copy"));
        rig.load(child, 0);
        Expect.equal(Mmu.FAULT, rig.access(0, VA, WRITE), "write through a copied mapping");
        Expect.equal(1, parent.wiredCount(), "wired pages of the parent");
        new Invariants(rig).check();
    }

    private static void shortage(PmapRig rig) {
        Pmap pmap = start(rig);
        int needed = countMissing(rig, pmap);
        for (int budget = 0; budget < needed; budget++) {
            rig.limitTables(budget);
            VmPage page = rig.page();
            Expect.equal(KernResult.RESOURCE_SHORTAGE, pmap.enter(VA, page, READ, READ), "result of enter");
            Expect.equal(0, page.pvCount(), "mappings");
            new Invariants(rig).check();
        }
        rig.limitTables(Integer.MAX_VALUE);
        rig.enter(pmap, VA, rig.page(), READ, READ);
    }

    /** How many tables an empty space lacks for its first page. */
    private static int countMissing(PmapRig rig, Pmap pmap) {
        int before = pmap.describe(VA).size();
        rig.enter(pmap, VA, rig.page(), READ, READ);
        int after = pmap.describe(VA).size();
        pmap.remove(VA, VA + PAGE);
        return after - before;
    }

    private static void describe(PmapRig rig) {
        Pmap pmap = start(rig);
        int before = pmap.describe(VA).size();
        Expect.that(before >= 1, "a walk begins in the root");
        rig.enter(pmap, VA, rig.page(), READ, READ);
        var steps = pmap.describe(VA);
        Expect.that(steps.size() > before, "a walk to a page is longer than one to nothing");
        for (var step : steps) {
            long slot = step.tableAddress() + (long) step.index() * step.descriptorBytes();
            long raw = step.descriptorBytes() == Long.BYTES
                    ? rig.memory().get64(slot)
                    : rig.memory().get32(slot) & 0xffffffffL;
            Expect.equal(raw, step.descriptor(), "descriptor of level " + step.level());
            Expect.that(!step.decoded().isBlank(), "a descriptor is decoded");
        }
        int tables = (int) rig.module().stats().tablePages();
        Expect.that(steps.size() <= tables, "every level has its table");
    }

    private static void mincore(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage page = rig.page();
        Expect.equal(0, pmap.mincore(VA), "mincore of nothing");
        rig.enter(pmap, VA, page, READ | WRITE, READ);
        Expect.equal(1 | 2 | 8, pmap.mincore(VA), "mincore after a read");
        rig.access(0, VA, WRITE);
        Expect.equal(1 | 2 | 8 | 4 | 0x10, pmap.mincore(VA), "mincore after a write");
        Pmap other = rig.create();
        rig.enter(other, VA, page, READ, 0);
        Expect.equal(1 | 8 | 0x10, other.mincore(VA), "mincore of a page that another space uses");
    }
}
