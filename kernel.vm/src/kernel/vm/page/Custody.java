// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/** Hands the pages that programs use to the pageout policy, and takes them back from it. */
final class Custody {
    private static final int ACT_INIT = 5;

    private PageKeeper keeper = PageKeeper.NOBODY;
    private int pages;

    void keeper(PageKeeper next) {
        keeper = next;
    }

    PageKeeper keeper() {
        return keeper;
    }

    int pages() {
        return pages;
    }

    void activate(VmPage page) {
        page.actCount = Math.max(page.actCount, ACT_INIT);
        if (page.wireCount == 0) {
            take(page);
            keeper.activated(page);
        }
    }

    void deactivate(VmPage page, boolean first) {
        if (page.wireCount == 0) {
            take(page);
            keeper.deactivated(page, first);
        }
    }

    private void take(VmPage page) {
        if (!page.pageable) {
            if (page.queue != null) {
                page.queue.remove(page);
            }
            page.pageable = true;
            pages++;
        }
    }

    /** Takes a page off the policy's queues, or off any other. */
    void unqueue(VmPage page) {
        if (page.pageable) {
            page.pageable = false;
            pages--;
            keeper.removed(page);
        } else if (page.queue != null) {
            page.queue.remove(page);
        }
    }
}
