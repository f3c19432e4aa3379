// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.vm.page.VmPage;

/** Scans: enough pages, the right ones, and nothing that must not be touched. */
final class ReclaimChecks {
    private static final int PAGES = 60;
    private static final int SHORT = 20;

    private ReclaimChecks() {}

    static void addTo(List<PageoutCheck> checks) {
        add(checks, "takes clean pages back that are not needed, and not many more than are short", rig -> {
            rig.inactive(PAGES);
            Expect.equal(0, Math.max(0, rig.scanFor(SHORT)), "pages still short");
            Expect.that(rig.reclaimed.size() <= SHORT + 1, "took " + rig.reclaimed.size() + " where " + SHORT + " were short");
        });
        add(checks, "takes nothing back when nothing is short", rig -> {
            rig.inactive(PAGES);
            rig.scan(0, 0);
            Expect.equal(0, rig.reclaimed.size(), "pages taken back");
        });
        add(checks, "takes pages back in the end although all were used", rig -> {
            rig.active(PAGES);
            Expect.equal(0, Math.max(0, rig.scanFor(SHORT)), "pages still short after " + PolicyRig.MAX_SCANS + " scans");
        });
        add(checks, "spares the pages that are used all the time", rig -> {
            List<VmPage> hot = rig.active(PAGES);
            rig.active(PAGES);
            rig.hot.addAll(hot);
            rig.scanFor(PAGES / 2);
            List<VmPage> wrong = new ArrayList<>(rig.reclaimed);
            wrong.retainAll(hot);
            Expect.that(wrong.size() * 4 <= rig.reclaimed.size(),
                    wrong.size() + " of " + rig.reclaimed.size() + " pages taken back were in use");
            Expect.that(!rig.reclaimed.isEmpty(), "nothing was taken back");
        });
        add(checks, "takes a page first that is to be the next", rig -> {
            rig.inactive(PAGES);
            VmPage next = rig.active();
            rig.pool().deactivateFirst(next);
            rig.scanFor(1);
            Expect.that(rig.reclaimed.contains(next), "another page went first");
        });
        add(checks, "has modified pages written, and takes them back then", rig -> {
            rig.inactive(PAGES).forEach(VmPage::markDirty);
            Expect.equal(0, Math.max(0, rig.scanFor(SHORT)), "pages still short");
            Expect.that(rig.laundered.containsAll(rig.reclaimed), "a page was taken back that nobody wrote");
        });
        add(checks, "ends a scan when the disk takes no more", rig -> {
            rig.inactive(PAGES).forEach(VmPage::markDirty);
            rig.diskTakesMore = false;
            for (int pass = 0; pass < PolicyRig.MAX_SCANS; pass++) {
                rig.scan(SHORT, pass);
            }
            Expect.equal(0, rig.reclaimed.size(), "modified pages taken back");
            rig.diskTakesMore = true;
            Expect.equal(0, Math.max(0, rig.scanFor(SHORT)), "pages still short when the disk works again");
        });
        add(checks, "leaves pages alone that are held or in transit, and takes others", rig -> {
            List<VmPage> held = rig.inactive(SHORT);
            held.forEach(rig.pool()::hold);
            List<VmPage> reading = rig.inactive(SHORT);
            reading.forEach(page -> page.reading(true));
            rig.inactive(PAGES);
            Expect.equal(0, Math.max(0, rig.scanFor(SHORT)), "pages still short");
            held.forEach(page -> Expect.that(!rig.reclaimed.contains(page), "a held page was taken back"));
            reading.forEach(page -> Expect.that(!rig.reclaimed.contains(page), "a page in transit was taken back"));
        });
        add(checks, "takes a page again that came back", rig -> {
            List<VmPage> pages = rig.inactive(SHORT);
            rig.scanFor(SHORT);
            pages.forEach(rig.pool()::deactivate);
            rig.checkBooks();
            Expect.equal(0, Math.max(0, rig.scanFor(SHORT)), "pages still short the second time");
        });
        add(checks, "takes pages of objects that nobody uses", rig -> {
            rig.hot.addAll(rig.active(PAGES));
            rig.objectsInUse = false;
            Expect.equal(0, Math.max(0, rig.scanFor(SHORT)), "pages still short");
        });
        add(checks, "has nothing to scan when it has nothing", rig -> {
            rig.scan(SHORT, 0);
            rig.scan(SHORT, 1000);
            Expect.equal(0, rig.reclaimed.size(), "pages taken back");
        });
    }

    private static void add(List<PageoutCheck> checks, String name, Consumer<PolicyRig> body) {
        checks.add(new PageoutCheck(PageoutCheck.Kind.RECLAIM, name, instances -> body.accept(new PolicyRig(instances))));
    }
}
