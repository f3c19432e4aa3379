// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.page.PageQueue;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;

/**
 * Takes back file pages when memory runs short, oldest first.
 *
 * <p>DEVIATION: stands in for the pageout daemon of FreeBSD {@code sys/vm/vm_pageout.c}; it runs in the fault that
 * found no memory and cannot take anonymous pages, because there is no swap.
 */
public final class PageReclaim {
    private final VmContext context;

    public PageReclaim(VmContext context) {
        this.context = context;
    }

    /** Frees up to {@code wanted} pages; how many it freed. */
    public int reclaim(int wanted) {
        int freed = scan(context.pages().inactive(), wanted);
        if (freed < wanted) {
            freed += scan(context.pages().active(), wanted - freed);
        }
        context.counters().count(VmCounter.RECLAIMED, freed);
        return freed;
    }

    private int scan(PageQueue queue, int wanted) {
        int freed = 0;
        VmPage page = queue.first();
        while (page != null && freed < wanted) {
            VmPage next = queue.next(page);
            if (take(page)) {
                freed++;
            }
            page = next;
        }
        return freed;
    }

    private boolean take(VmPage page) {
        if (page.busy() || page.holdCount() != 0 || !(page.owner() instanceof VmObject object)) {
            return false;
        }
        if (object.pager() == null || !object.pager().canReclaim()) {
            return false;
        }
        ObjectPages ranges = context.objects().ranges();
        context.pmap().removeAll(page);
        if (ranges.testDirty(page) && (ranges.flush(object, page) != Pager.OK || page.dirty() != 0)) {
            return false;
        }
        ranges.freePage(page);
        return true;
    }
}
