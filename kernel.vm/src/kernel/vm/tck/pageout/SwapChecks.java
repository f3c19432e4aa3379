// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

import java.util.List;
import kernel.vm.page.VmPage;
import kernel.vm.pageout.PageRecord;

/** One policy replaced by another instance of the same. */
final class SwapChecks {
    private static final int PAGES = 60;
    private static final int MAX_AGE = 64;

    private SwapChecks() {}

    static void addTo(List<PageoutCheck> checks) {
        checks.add(new PageoutCheck(PageoutCheck.Kind.SWAP, "hands every page over with an age, and works on", instances -> {
            PolicyRig rig = new PolicyRig(instances);
            rig.active(PAGES);
            rig.inactive(PAGES).forEach(VmPage::markDirty);
            rig.scanFor(PAGES / 4);
            for (PageRecord record : rig.swapTo(instances.get())) {
                Expect.that(record.age >= 0 && record.age <= MAX_AGE, "an age of " + record.age);
            }
            Expect.equal(0, Math.max(0, rig.scanFor(PAGES / 2)), "pages still short afterwards");
        }));
        checks.add(new PageoutCheck(PageoutCheck.Kind.SWAP, "says that used pages are active and others are not", instances -> {
            PolicyRig rig = new PolicyRig(instances);
            rig.inactive(PAGES);
            rig.active(PAGES);
            List<PageRecord> records = rig.swapTo(instances.get());
            long active = records.stream().filter(record -> record.active).count();
            Expect.that(active >= PAGES && active < 2 * PAGES, active + " of " + 2 * PAGES + " pages are active, where "
                    + PAGES + " were used");
        }));
        checks.add(new PageoutCheck(PageoutCheck.Kind.SWAP, "keeps the candidates it takes over before the active pages", instances -> {
            PolicyRig rig = new PolicyRig(instances);
            List<VmPage> used = rig.active(PAGES);
            rig.inactive(PAGES);
            rig.swapTo(instances.get());
            rig.scanFor(PAGES / 4);
            Expect.that(rig.reclaimed.stream().filter(used::contains).count() * 2 <= rig.reclaimed.size(),
                    "it took the active pages first");
        }));
    }
}
