// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.READ;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.WalkStep;
import machine.core.engine.KernelPanic;

/** Tables come and go with what they hold. */
final class LifeChecks {
    private static final long VA = 0x10_0000;
    private static final long PAGE = 0x1000;

    private LifeChecks() {}

    static void addTo(List<PmapCheck> checks) {
        checks.add(new PmapCheck("everything goes back when the last space ends", 2, LifeChecks::everything));
        checks.add(new PmapCheck("an empty table is freed", 1, LifeChecks::emptyTables));
        checks.add(new PmapCheck("removePages keeps what is wired", 1, LifeChecks::removePages));
        checks.add(new PmapCheck("a space that is not empty cannot be released", 1, LifeChecks::releaseEarly));
        checks.add(new PmapCheck("tables of four levels take what sparse mappings need", 1, LifeChecks::sparse));
        checks.add(new PmapCheck("the ends of user space can be mapped, and no more", 1, LifeChecks::ends));
    }

    private static void everything(PmapRig rig) {
        long limit = rig.machine().maxUserAddress();
        for (int round = 0; round < 3; round++) {
            Pmap first = rig.create();
            Pmap second = rig.create();
            rig.load(first, 0);
            rig.load(second, 1);
            for (int i = 0; i < 20; i++) {
                rig.enter(first, (VA + ((long) i << 12 + i)) % limit, rig.page(), READ, READ);
                rig.enter(second, VA + i * PAGE, rig.page(), READ, READ | Pmap.WIRED);
            }
            new Invariants(rig).check();
            rig.destroy(first);
            rig.destroy(second);
        }
        Expect.equal(0, rig.module().stats().tablePages(), "table pages");
        Expect.equal(0, rig.module().stats().pvEntries(), "list entries");
        Expect.equal(0, rig.pool().tables(), "table pages taken from the kernel");
        rig.module().close();
    }

    private static void emptyTables(PmapRig rig) {
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        long roots = rig.module().stats().tablePages();
        VmPage page = rig.page();
        rig.enter(pmap, VA, page, READ, READ);
        rig.enter(pmap, VA + (1L << 30), rig.page(), READ, READ);
        int full = tables(pmap);
        rig.module().removeAll(page);
        Expect.that(tables(pmap) < full, "removeAll frees the table that became empty");
        new Invariants(rig).check();
        pmap.remove(0, rig.machine().maxUserAddress());
        Expect.equal(roots, rig.module().stats().tablePages(), "table pages of an empty space");
        rig.access(0, VA, READ);
        new Invariants(rig).check();
    }

    /** Tables, which need not be pages. */
    private static int tables(Pmap pmap) {
        int[] count = new int[1];
        pmap.forEachTable((level, address, bytes, firstVa, live) -> count[0]++);
        return count[0];
    }

    private static void removePages(PmapRig rig) {
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        for (int i = 0; i < 10; i++) {
            rig.enter(pmap, VA + i * PAGE, rig.page(), READ, READ | (i == 3 ? Pmap.WIRED : 0));
            rig.access(0, VA + i * PAGE, READ);
        }
        pmap.removePages();
        Expect.equal(1, pmap.residentCount(), "resident pages");
        Expect.equal(1, pmap.wiredCount(), "wired pages");
        Expect.that(pmap.extract(VA + 3 * PAGE) >= 0, "the wired page stays");
        new Invariants(rig).check();
    }

    private static void releaseEarly(PmapRig rig) {
        Pmap pmap = rig.create();
        rig.enter(pmap, VA, rig.page(), READ, READ);
        try {
            pmap.release();
        } catch (KernelPanic expected) {
            return;
        }
        throw new AssertionError("release of a space with mappings breaks a kernel rule");
    }

    /** Twenty pages, each in 2 MiB, then in 1 GiB, of its own. */
    private static void sparse(PmapRig rig) {
        for (int shift : new int[] {21, 30}) {
            Pmap pmap = rig.create();
            for (long i = 0; i < 20 && i << shift < rig.machine().maxUserAddress(); i++) {
                rig.enter(pmap, i << shift, rig.page(), READ, READ);
            }
            List<WalkStep> walk = pmap.describe(0);
            if (walk.size() == 4 && walk.getFirst().descriptorBytes() == Long.BYTES) {
                Expect.equal(shift == 21 ? 23 : 42, rig.module().stats().tablePages(), "table pages");
            }
            rig.destroy(pmap);
        }
    }

    private static void ends(PmapRig rig) {
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        long last = rig.machine().maxUserAddress() - PAGE;
        VmPage page = rig.page();
        rig.enter(pmap, last, page, READ, READ);
        Expect.equal(page.physicalAddress() + 4095, rig.access(0, last + 4095, READ), "last byte of user space");
        pmap.remove(last, -PAGE);
        Expect.equal(0, pmap.residentCount(), "resident pages");
        new Invariants(rig).check();
    }
}
