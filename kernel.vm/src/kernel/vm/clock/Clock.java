// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.clock;

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
 * The clock: all pages stand in a circle, and a hand goes round, taking back those that were not used since it last came
 * by (F. J. Corbató, 1968).
 *
 * <p>A modified page is written when the hand passes and taken back when it comes again. The first page of the queue is
 * the one that the hand points to; what the hand has passed is at the end.
 */
@Component(service = PageoutPolicy.class, scope = ServiceScope.PROTOTYPE, property = {
    "kernel.slot=pageout",
    "kernel.variant=clock",
    "kernel.description=The clock: one hand, one referenced bit for each page"
})
public final class Clock implements PageoutPolicy {
    private static final int USED_AGE = 5;
    private static final int MAX_ROUNDS = 2;

    private final PageQueue circle = new PageQueue("circle");
    private PageoutHost host;

    /** Makes a policy that serves one kernel. */
    public Clock() {
    }

    @Override
    public void attach(PageoutHost core) {
        host = core;
    }

    /** A new page stands right behind the hand; one in the circle keeps its place. */
    @Override
    public void activated(VmPage page) {
        if (page.queue() == null) {
            circle.addLast(page);
        }
        page.markReferenced();
    }

    @Override
    public void deactivated(VmPage page, boolean first) {
        page.clearReferenced();
        page.actCount(0);
        if (first && page.queue() != null) {
            circle.remove(page);
        }
        if (first) {
            circle.addFirst(page);
        } else if (page.queue() == null) {
            circle.addLast(page);
        }
    }

    @Override
    public void removed(VmPage page) {
        circle.remove(page);
    }

    @Override
    public boolean idle(VmPage page) {
        return !page.referenced();
    }

    @Override
    public void scan(int pass) {
        int left = circle.size() * MAX_ROUNDS;
        while (left-- > 0 && host.shortage() > 0 && circle.first() != null) {
            VmPage page = circle.first();
            boolean spared = host.untouchable(page) || used(page);
            boolean dirty = !spared && page.valid() != 0 && host.modified(page);
            if (dirty && !host.mayLaunder()) {
                // The hand waits here until the disk has written something.
                return;
            }
            circle.remove(page);
            circle.addLast(page);
            if (dirty) {
                host.launder(page);
            } else if (!spared) {
                host.reclaim(page);
            }
        }
    }

    private boolean used(VmPage page) {
        boolean used = host.takeReferences(page) > 0 | page.referenced();
        page.clearReferenced();
        page.actCount(used ? USED_AGE : 0);
        return used && host.inUse(page);
    }

    @Override
    public int pages() {
        return circle.size();
    }

    @Override
    public void forEachPage(Consumer<VmPage> visitor) {
        for (VmPage page = circle.first(); page != null; page = circle.next(page)) {
            visitor.accept(page);
        }
    }

    @Override
    public List<PageQueue> queues() {
        return List.of(circle);
    }

    @Override
    public void exportPage(VmPage page, PageRecord record) {
        record.active = page.referenced() || page.actCount() > 0;
        record.age = page.actCount();
    }

    @Override
    public void importPage(VmPage page, PageRecord record) {
        if (record.active) {
            page.markReferenced();
        }
        page.actCount(record.age);
        circle.addLast(page);
    }
}
