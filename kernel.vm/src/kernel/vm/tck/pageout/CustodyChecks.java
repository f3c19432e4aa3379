// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

import java.util.List;
import java.util.function.Consumer;
import kernel.vm.page.VmPage;

/** Pages that come and go, without a scan. */
final class CustodyChecks {
    private static final int PAGES = 60;

    private CustodyChecks() {}

    static void addTo(List<PageoutCheck> checks) {
        add(checks, "has every page it was given, once", rig -> {
            rig.active(PAGES);
            rig.inactive(PAGES);
            rig.checkBooks();
        });
        add(checks, "has a page once that is used again and again", rig -> {
            List<VmPage> pages = rig.active(PAGES);
            for (VmPage page : pages) {
                rig.pool().activate(page);
                rig.pool().deactivate(page);
                rig.pool().deactivate(page);
                rig.pool().deactivateFirst(page);
                rig.pool().activate(page);
            }
            rig.checkBooks();
        });
        add(checks, "lets a page go that is wired, and takes it back when it is not", rig -> {
            List<VmPage> pages = rig.active(PAGES);
            pages.forEach(rig.pool()::wire);
            Expect.equal(0, rig.policy().pages(), "pages()");
            rig.checkBooks();
            pages.forEach(rig.pool()::unwire);
            rig.checkBooks();
            Expect.equal(PAGES, rig.policy().pages(), "pages()");
        });
        add(checks, "lets pages go that are freed, from wherever they are", rig -> {
            List<VmPage> pages = rig.active(PAGES);
            pages.addAll(rig.inactive(PAGES));
            for (int i = 0; i < pages.size(); i += 2) {
                rig.pool().free(pages.get(i));
            }
            rig.checkBooks();
        });
        add(checks, "shows its pages without changing anything", rig -> {
            rig.active(PAGES);
            rig.inactive(PAGES);
            StringBuilder first = new StringBuilder();
            StringBuilder second = new StringBuilder();
            rig.policy().forEachPage(page -> first.append(page.frame()).append(' '));
            rig.policy().forEachPage(page -> second.append(page.frame()).append(' '));
            Expect.that(first.compareTo(second) == 0, "two listings in a row differ");
            rig.checkBooks();
        });
        add(checks, "answers idle for every page in custody", rig -> {
            rig.active(PAGES).forEach(rig.policy()::idle);
            rig.inactive(PAGES).forEach(rig.policy()::idle);
            rig.checkBooks();
        });
    }

    private static void add(List<PageoutCheck> checks, String name, Consumer<PolicyRig> body) {
        checks.add(new PageoutCheck(PageoutCheck.Kind.CUSTODY, name, instances -> body.accept(new PolicyRig(instances))));
    }
}
