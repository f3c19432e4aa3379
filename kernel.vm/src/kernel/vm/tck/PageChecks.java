// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.EXEC;
import static kernel.vm.pmap.VmProt.NONE;
import static kernel.vm.pmap.VmProt.READ;
import static kernel.vm.pmap.VmProt.WRITE;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.Cost;
import machine.core.mmu.Mmu;

/** Operations on all mappings of a page. */
final class PageChecks {
    private static final long VA = 0x10_0000;
    private static final long STEP = 0x20_0000;

    private PageChecks() {}

    static void addTo(List<PmapCheck> checks) {
        checks.add(new PmapCheck("removeAll finds every mapping", 2, PageChecks::removeAll));
        checks.add(new PmapCheck("pageProtect takes write access everywhere", 2, PageChecks::pageProtect));
        checks.add(new PmapCheck("clearModify clears and the next write is seen", 2, PageChecks::clearModify));
        checks.add(new PmapCheck("tsReferenced counts five at most, then the rest", 1, PageChecks::references));
        checks.add(new PmapCheck("pages are zeroed and copied", 1, PageChecks::contents));
    }

    private static VmPage shared(PmapRig rig, int prot, int flags) {
        VmPage page = rig.page();
        for (int cpu = 0; cpu < rig.cpus(); cpu++) {
            Pmap pmap = rig.create();
            rig.load(pmap, cpu);
            rig.enter(pmap, VA, page, prot, flags);
            rig.enter(pmap, VA + STEP, page, prot, flags | Pmap.WIRED);
        }
        return page;
    }

    private static void removeAll(PmapRig rig) {
        VmPage page = shared(rig, READ | WRITE, WRITE);
        Expect.equal(4, page.pvCount(), "mappings");
        rig.access(0, VA, WRITE);
        rig.module().removeAll(page);
        Expect.equal(0, page.pvCount(), "mappings afterwards");
        Expect.equal(VmPage.ALL, page.dirty(), "folded modified bits");
        Expect.that(page.referenced(), "referenced bits are folded");
        Expect.that(!page.writeable(), "the page is not marked writeable any more");
        for (Pmap pmap : rig.pmaps()) {
            Expect.equal(0, pmap.residentCount(), "resident pages");
            Expect.equal(0, pmap.wiredCount(), "wired pages");
        }
        new Invariants(rig).check();
    }

    private static void pageProtect(PmapRig rig) {
        VmPage page = shared(rig, READ | WRITE, WRITE);
        for (int cpu = 0; cpu < 2; cpu++) {
            rig.access(cpu, VA, WRITE);
        }
        rig.module().pageProtect(page, READ | WRITE);
        Expect.that(rig.access(1, VA, WRITE) != Mmu.FAULT, "pageProtect with WRITE does nothing");
        rig.module().pageProtect(page, READ | EXEC);
        for (int cpu = 0; cpu < 2; cpu++) {
            Expect.equal(Mmu.FAULT, rig.access(cpu, VA, WRITE), "write on CPU " + cpu);
            Expect.that(rig.access(cpu, VA, READ) != Mmu.FAULT, "read on CPU " + cpu);
        }
        Expect.equal(VmPage.ALL, page.dirty(), "folded modified bits");
        Expect.that(!page.writeable(), "the page is not marked writeable any more");
        rig.module().pageProtect(page, NONE);
        Expect.equal(0, page.pvCount(), "mappings after pageProtect(NONE)");
        new Invariants(rig).check();
    }

    private static void clearModify(PmapRig rig) {
        VmPage page = shared(rig, READ | WRITE, WRITE);
        PmapModule module = rig.module();
        rig.access(1, VA, WRITE);
        Expect.that(module.isModified(page), "a written page is modified");
        module.clearModify(page);
        Expect.that(!module.isModified(page), "clearModify clears every mapping");
        Expect.equal(0, page.dirty(), "clearModify does not fold");
        new Invariants(rig).check();
        rig.access(1, VA, READ);
        Expect.that(!module.isModified(page), "a read does not modify");
        rig.access(1, VA, WRITE);
        Expect.that(module.isModified(page), "a write after clearModify is seen");
        new Invariants(rig).check();
    }

    private static void references(PmapRig rig) {
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        VmPage page = rig.page();
        for (int i = 0; i < 8; i++) {
            rig.enter(pmap, VA + i * STEP, page, READ, READ);
        }
        Expect.that(rig.module().isReferenced(page), "an entered page is referenced");
        Expect.equal(5, rig.module().tsReferenced(page), "references found first");
        Expect.equal(3, rig.module().tsReferenced(page), "references found next");
        Expect.equal(0, rig.module().tsReferenced(page), "references found last");
        Expect.that(!rig.module().isReferenced(page), "nothing is referenced any more");
        rig.enter(pmap, VA, page, READ, READ);
        rig.module().clearReference(page);
        Expect.that(!rig.module().isReferenced(page), "clearReference clears every mapping");
        new Invariants(rig).check();
    }

    private static void contents(PmapRig rig) {
        VmPage from = rig.page();
        VmPage to = rig.page();
        rig.memory().put64(from.physicalAddress() + 4088, 0x1122334455667788L);
        long before = rig.cpu(0).clockNanos();
        rig.module().copyPage(from, to);
        Expect.equal(0x1122334455667788L, rig.memory().get64(to.physicalAddress() + 4088), "copied word");
        rig.module().zeroPage(from);
        Expect.equal(0, rig.memory().get64(from.physicalAddress() + 4088), "zeroed word");
        long cost = rig.costs().nanos(Cost.PAGE_COPY) + rig.costs().nanos(Cost.PAGE_ZERO);
        Expect.equal(cost, rig.cpu(0).clockNanos() - before, "cost of a copy and a zeroing");
    }
}
