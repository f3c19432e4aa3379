// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.READ;
import static kernel.vm.pmap.VmProt.WRITE;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import machine.core.mmu.Mmu;

/** Who keeps the referenced and modified bits, as soft faults show it. */
final class BitChecks {
    private static final long VA = 0x10_0000;
    private static final long PAGE = 0x1000;

    private BitChecks() {}

    static void addTo(List<PmapCheck> checks) {
        checks.add(new PmapCheck("the read that entered a page takes no soft fault", 1, BitChecks::firstRead));
        checks.add(new PmapCheck("the first write of a page entered by a read", 1, BitChecks::firstWrite));
        checks.add(new PmapCheck("the write that entered a page takes no soft fault", 1, BitChecks::enteredByWrite));
        checks.add(new PmapCheck("the first touch of a prefaulted page", 1, BitChecks::prefaulted));
        checks.add(new PmapCheck("a touch after the referenced bit was cleared", 1, BitChecks::afterClearReference));
        checks.add(new PmapCheck("a write after the modified bit was cleared", 1, BitChecks::afterClearModify));
        checks.add(new PmapCheck("a soft fault helps only what is allowed", 1, BitChecks::refused));
    }

    private static Pmap start(PmapRig rig) {
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        return pmap;
    }

    private static void expectFaults(PmapRig rig, long expected, long va, int access) {
        long before = rig.softFaults();
        Expect.that(rig.access(0, va, access) != Mmu.FAULT, "the access is allowed");
        Expect.equal(expected, rig.softFaults() - before, "soft faults");
        new Invariants(rig).check();
    }

    private static int softModified(PmapRig rig) {
        return rig.module().capabilities().hardwareModified() ? 0 : 1;
    }

    private static int softReferenced(PmapRig rig) {
        return rig.module().capabilities().hardwareReferenced() ? 0 : 1;
    }

    private static void firstRead(PmapRig rig) {
        rig.enter(start(rig), VA, rig.page(), READ, READ);
        expectFaults(rig, 0, VA, READ);
    }

    private static void firstWrite(PmapRig rig) {
        VmPage page = rig.page();
        rig.enter(start(rig), VA, page, READ | WRITE, READ);
        rig.access(0, VA, READ);
        Expect.that(!rig.module().isModified(page), "a page that was only read is not modified");
        expectFaults(rig, softModified(rig), VA, WRITE);
        Expect.that(rig.module().isModified(page), "a written page is modified");
        expectFaults(rig, 0, VA, WRITE);
    }

    private static void enteredByWrite(PmapRig rig) {
        rig.enter(start(rig), VA, rig.page(), READ | WRITE, WRITE);
        expectFaults(rig, 0, VA, WRITE);
    }

    private static void prefaulted(PmapRig rig) {
        Pmap pmap = start(rig);
        VmPage page = rig.page();
        rig.enter(pmap, VA, rig.page(), READ, READ);
        pmap.enterQuick(VA + PAGE, page, READ);
        Expect.that(!rig.module().isReferenced(page), "a prefaulted page is not referenced");
        expectFaults(rig, softReferenced(rig), VA + PAGE, READ);
        Expect.that(rig.module().isReferenced(page), "a touched page is referenced");
    }

    private static void afterClearReference(PmapRig rig) {
        VmPage page = rig.page();
        rig.enter(start(rig), VA, page, READ, READ);
        rig.access(0, VA, READ);
        rig.module().clearReference(page);
        expectFaults(rig, softReferenced(rig), VA, READ);
    }

    private static void afterClearModify(PmapRig rig) {
        VmPage page = rig.page();
        rig.enter(start(rig), VA, page, READ | WRITE, WRITE);
        rig.access(0, VA, WRITE);
        rig.module().clearModify(page);
        expectFaults(rig, softModified(rig), VA, WRITE);
    }

    private static void refused(PmapRig rig) {
        Pmap pmap = start(rig);
        rig.enter(pmap, VA, rig.page(), READ, READ);
        Expect.that(!pmap.softFault(VA, WRITE), "a write to a read-only page is a real fault");
        Expect.that(!pmap.softFault(VA + PAGE, READ), "an access to nothing is a real fault");
        long beyond = rig.machine().maxUserAddress();
        Expect.that(!pmap.softFault(beyond, READ), "an address above user space is a real fault");
        Expect.that(!pmap.softFault(-PAGE, READ), "the last page of all is a real fault");
        Expect.equal(0, rig.softFaults(), "soft faults");
    }
}
