// SPDX-License-Identifier: BSD-2-Clause
package examples.pagefifo;

import java.util.List;
import java.util.function.Consumer;
import kernel.vm.page.PageQueue;
import kernel.vm.page.VmPage;
import kernel.vm.pageout.PageRecord;
import kernel.vm.pageout.PageoutHost;
import kernel.vm.pageout.PageoutPolicy;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * A page-replacement policy: the page that has been in memory longest goes first, used or not.
 *
 * <p>The worst policy there is, and the shortest: with more memory it may even fault more often (L. A. Bélády, 1969).
 */
@Component(service = PageoutPolicy.class, scope = ServiceScope.PROTOTYPE, property = {"kernel.slot=pageout",
    "kernel.variant=pagefifo", "kernel.description=the oldest page goes first"})
public final class PageFifo implements PageoutPolicy {
    private final PageQueue queue = new PageQueue("fifo");
    private PageoutHost host;

    @Override
    public void attach(PageoutHost core) {
        host = core;
    }

    /** A page that is here keeps its place. */
    @Override
    public void activated(VmPage page) {
        if (page.queue() == null) {
            queue.addLast(page);
        }
    }

    @Override
    public void deactivated(VmPage page, boolean first) {
        if (page.queue() != null) {
            queue.remove(page);
        }
        if (first) {
            queue.addFirst(page);
        } else {
            queue.addLast(page);
        }
    }

    @Override
    public void removed(VmPage page) {
        queue.remove(page);
    }

    /** Any page may be written along with its neighbour. */
    @Override
    public boolean idle(VmPage page) {
        return true;
    }

    /** Once through the queue: a modified page is written and comes last, so that it is clean when it is first again. */
    @Override
    public void scan(int pass) {
        for (int left = queue.size(); left > 0 && host.shortage() > 0 && queue.first() != null; left--) {
            VmPage page = queue.first();
            boolean busy = host.untouchable(page);
            boolean dirty = !busy && page.valid() != 0 && host.modified(page);
            if (dirty && !host.mayLaunder()) {
                return;
            }
            queue.remove(page);
            queue.addLast(page);
            if (dirty) {
                host.launder(page);
            } else if (!busy) {
                host.reclaim(page);
            }
        }
    }

    @Override
    public int pages() {
        return queue.size();
    }

    @Override
    public void forEachPage(Consumer<VmPage> visitor) {
        for (VmPage page = queue.first(); page != null; page = queue.next(page)) {
            visitor.accept(page);
        }
    }

    @Override
    public List<PageQueue> queues() {
        return List.of(queue);
    }

    @Override
    public void exportPage(VmPage page, PageRecord record) {
        record.active = true;
    }

    @Override
    public void importPage(VmPage page, PageRecord record) {
        queue.addLast(page);
    }
}
