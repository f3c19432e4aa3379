// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.READ;
import static kernel.vm.pmap.VmProt.WRITE;

import java.util.List;
import java.util.Random;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import machine.core.mmu.Mmu;

/** No CPU keeps a translation that the tables no longer give. */
final class TlbChecks {
    private static final long VA = 0x10_0000;
    private static final long PAGE = 0x1000;

    private TlbChecks() {}

    static void addTo(List<PmapCheck> checks) {
        checks.add(new PmapCheck("no CPU reads the old page when another wrote the new", 3, TlbChecks::copyOnWrite));
        checks.add(new PmapCheck("a space that is loaded again sees what changed meanwhile", 2, TlbChecks::reload));
        checks.add(new PmapCheck("a CPU that idles in a space sees what changed meanwhile", 2, TlbChecks::idle));
        checks.add(new PmapCheck("a space that ends under an idle CPU leaves nothing to the next", 2, TlbChecks::idleEnd));
        checks.add(new PmapCheck("deferred ranges are gone after the update", 2, TlbChecks::deferred));
        checks.add(new PmapCheck("spaces do not see each other's translations", 1, TlbChecks::isolation));
        checks.add(new PmapCheck("a clean page can be made read-only", 2, TlbChecks::cleanWrite));
        checks.add(new PmapCheck("thousands of pages are removed at once", 2, TlbChecks::largeRange));
        checks.add(new PmapCheck("spaces come and go more often than there are tags", 2, TlbChecks::manySpaces));
        checks.add(new PmapCheck("more living spaces than eight bits can tell apart", 2, TlbChecks::livingSpaces));
    }

    /** The copy-on-write race of machines that overwrite a descriptor without invalidating between. */
    private static void copyOnWrite(PmapRig rig) {
        Pmap pmap = rig.create();
        VmPage old = rig.page();
        VmPage copy = rig.page();
        rig.enter(pmap, VA, old, READ, READ);
        for (int cpu = 0; cpu < 3; cpu++) {
            rig.load(pmap, cpu);
            Expect.equal(old.physicalAddress(), rig.access(cpu, VA, READ), "translation on CPU " + cpu);
        }
        rig.enter(pmap, VA, copy, READ | WRITE, WRITE);
        for (int cpu = 0; cpu < 3; cpu++) {
            Expect.equal(copy.physicalAddress(), rig.access(cpu, VA, READ), "translation on CPU " + cpu);
        }
        new Invariants(rig).check();
    }

    private static void reload(PmapRig rig) {
        Pmap first = rig.create();
        Pmap second = rig.create();
        VmPage page = rig.page();
        rig.enter(first, VA, page, READ | WRITE, WRITE);
        rig.load(first, 1);
        rig.access(1, VA, WRITE);
        rig.load(second, 1);
        first.protect(VA, VA + PAGE, READ);
        rig.load(first, 1);
        Expect.equal(Mmu.FAULT, rig.access(1, VA, WRITE), "write after protect while the space was not loaded");
        rig.load(second, 1);
        rig.module().removeAll(page);
        rig.load(first, 1);
        Expect.equal(Mmu.FAULT, rig.access(1, VA, READ), "read after removal while the space was not loaded");
        new Invariants(rig).check();
    }

    private static void idle(PmapRig rig) {
        Pmap pmap = rig.create();
        VmPage[] pages = {rig.page(), rig.page()};
        rig.load(pmap, 1);
        for (int i = 0; i < pages.length; i++) {
            rig.enter(pmap, VA + i * PAGE, pages[i], READ | WRITE, WRITE);
            rig.access(1, VA + i * PAGE, WRITE);
        }
        rig.rest(1);
        pmap.protect(VA, VA + PAGE, READ);
        rig.module().removeAll(pages[1]);
        rig.resume(1);
        Expect.equal(Mmu.FAULT, rig.access(1, VA, WRITE), "write after protect while the CPU idled");
        Expect.equal(Mmu.FAULT, rig.access(1, VA + PAGE, READ), "read after removal while the CPU idled");
        rig.enter(pmap, VA, pages[0], READ | WRITE, WRITE);
        rig.access(1, VA, WRITE);
        pmap.remove(VA, VA + PAGE);
        Expect.equal(Mmu.FAULT, rig.access(1, VA, READ), "read after removal when the CPU was back");
        new Invariants(rig).check();
    }

    /** The frames of the tables are used again for the next space, which maps other pages at the same addresses. */
    private static void idleEnd(PmapRig rig) {
        for (int round = 0; round < 20; round++) {
            Pmap first = rig.create();
            VmPage old = rig.page();
            rig.enter(first, VA, old, READ | WRITE, WRITE);
            rig.load(first, 1);
            rig.access(1, VA, WRITE);
            rig.rest(1);
            first.removePages();
            rig.destroy(first);
            Pmap second = rig.create();
            VmPage page = rig.page();
            rig.enter(second, VA, page, READ, READ);
            rig.load(second, 1);
            Expect.equal(page.physicalAddress(), rig.access(1, VA, READ), "translation in the next space");
            rig.load(null, 1);
            rig.destroy(second);
        }
        new Invariants(rig).check();
    }

    private static void deferred(PmapRig rig) {
        Pmap pmap = rig.create();
        VmPage[] pages = {rig.page(), rig.page(), rig.page()};
        rig.load(pmap, 0);
        rig.load(pmap, 1);
        for (int i = 0; i < pages.length; i++) {
            rig.enter(pmap, VA + 2 * i * PAGE, pages[i], READ | WRITE, WRITE);
            rig.access(1, VA + 2 * i * PAGE, WRITE);
        }
        pmap.defer();
        pmap.remove(VA, VA + PAGE);
        pmap.protect(VA + 2 * PAGE, VA + 3 * PAGE, READ);
        rig.module().removeAll(pages[2]);
        Expect.equal(Mmu.FAULT, rig.access(1, VA + 4 * PAGE, READ), "a removal of one page, which does not wait");
        pmap.update();
        Expect.equal(Mmu.FAULT, rig.access(1, VA, READ), "read after the update");
        Expect.equal(Mmu.FAULT, rig.access(1, VA + 2 * PAGE, WRITE), "write after the update");
        Expect.equal(pages[1].physicalAddress(), rig.access(1, VA + 2 * PAGE, READ), "read of what was lowered only");
        pmap.update();
        new Invariants(rig).check();
    }

    private static void isolation(PmapRig rig) {
        Pmap[] spaces = {rig.create(), rig.create()};
        VmPage[] pages = {rig.page(), rig.page()};
        for (int i = 0; i < 2; i++) {
            rig.enter(spaces[i], VA, pages[i], READ, READ);
        }
        for (int round = 0; round < 6; round++) {
            rig.load(spaces[round & 1], 0);
            Expect.equal(pages[round & 1].physicalAddress(), rig.access(0, VA, READ), "translation");
        }
        new Invariants(rig).check();
    }

    private static void cleanWrite(PmapRig rig) {
        Pmap pmap = rig.create();
        VmPage page = rig.page();
        rig.load(pmap, 0);
        rig.load(pmap, 1);
        rig.enter(pmap, VA, page, READ | WRITE, READ);
        rig.access(1, VA, READ);
        rig.module().pageProtect(page, READ);
        Expect.equal(Mmu.FAULT, rig.access(1, VA, WRITE), "write after pageProtect");
        Expect.that(!rig.module().isModified(page) && page.dirty() == 0, "a page nobody wrote is clean");
        new Invariants(rig).check();
    }

    private static void largeRange(PmapRig rig) {
        Pmap pmap = rig.create();
        VmPage page = rig.page();
        rig.load(pmap, 0);
        rig.load(pmap, 1);
        int count = 5000;
        for (int i = 0; i < count; i++) {
            rig.enter(pmap, VA + i * PAGE, page, READ, READ);
            if (i % 7 == 0) {
                rig.access(i & 1, VA + i * PAGE, READ);
            }
        }
        pmap.remove(VA, VA + count * PAGE);
        Expect.equal(0, pmap.residentCount(), "resident pages");
        new Invariants(rig).check();
    }

    private static void manySpaces(PmapRig rig) {
        Pmap steady = rig.create();
        VmPage kept = rig.page();
        rig.enter(steady, VA, kept, READ, READ);
        rig.load(steady, 1);
        for (int i = 0; i < 5000; i++) {
            Pmap pmap = rig.create();
            VmPage page = rig.page();
            rig.enter(pmap, VA, page, READ, READ);
            rig.load(pmap, 0);
            Expect.equal(page.physicalAddress(), rig.access(0, VA, READ), "translation in space " + i);
            Expect.equal(kept.physicalAddress(), rig.access(1, VA, READ), "translation on the other CPU");
            rig.destroy(pmap);
            rig.pool().free(page);
        }
        new Invariants(rig).check();
    }

    private static void livingSpaces(PmapRig rig) {
        Pmap[] spaces = new Pmap[300];
        VmPage[] pages = new VmPage[spaces.length];
        for (int i = 0; i < spaces.length; i++) {
            spaces[i] = rig.create();
            pages[i] = rig.page();
            rig.enter(spaces[i], VA, pages[i], READ, READ);
        }
        Random random = new Random(255);
        rig.load(spaces[0], 1);
        for (int step = 0; step < 1500; step++) {
            int space = random.nextInt(spaces.length);
            // CPU 1 changes its space rarely, so that tags run out while one is in use there.
            int cpu = random.nextInt(400) == 0 ? 1 : 0;
            rig.load(spaces[space], cpu);
            Expect.equal(pages[space].physicalAddress(), rig.access(cpu, VA, READ), "translation in space " + space);
        }
        new Invariants(rig).check();
        Pmap steady = rig.loaded(1);
        for (Pmap space : spaces) {
            rig.load(space == steady ? null : space, 0);
        }
        Expect.that(rig.access(1, VA, READ) != Mmu.FAULT, "a space that stayed while tags ran out goes on");
        steady.remove(VA, VA + PAGE);
        Expect.equal(Mmu.FAULT, rig.access(1, VA, READ), "read after removal when tags had run out");
    }
}
