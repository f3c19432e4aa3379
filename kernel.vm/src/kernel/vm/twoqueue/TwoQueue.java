// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.twoqueue;

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
 * The ageing of BSD: pages in use on an active queue, where they age, and candidates on an inactive queue, where they
 * are taken back ({@code vm_pageout_scan} of FreeBSD {@code sys/vm/vm_pageout.c}, early 2006).
 */
@Component(service = PageoutPolicy.class, scope = ServiceScope.PROTOTYPE, property = {
    "kernel.slot=pageout",
    "kernel.variant=twoqueue",
    "kernel.description=The ageing of BSD: an active and an inactive queue"
})
public final class TwoQueue implements PageoutPolicy {
    static final int ACT_DECLINE = 1;
    static final int ACT_ADVANCE = 3;
    static final int ACT_INIT = 5;
    static final int ACT_MAX = 64;
    /** Clusters that the first scan of a shortage writes, and each further one. */
    private static final int MAX_LAUNDER = 32;
    private static final int MAX_LAUNDER_DESPERATE = 10_000;

    private final PageQueue active = new PageQueue("active");
    private final PageQueue inactive = new PageQueue("inactive");
    private PageoutHost host;

    /** Makes a policy that serves one kernel. */
    public TwoQueue() {
    }

    @Override
    public void attach(PageoutHost core) {
        host = core;
    }

    /** Only a page that was not active goes to the end of the queue. */
    @Override
    public void activated(VmPage page) {
        if (page.queue() != active) {
            move(page, active);
        }
    }

    /** A page that is inactive already stays where it is, unless it is to be the next. */
    @Override
    public void deactivated(VmPage page, boolean first) {
        if (page.queue() == inactive && !first) {
            return;
        }
        page.secondChance(false);
        unlink(page);
        if (first) {
            inactive.addFirst(page);
        } else {
            inactive.addLast(page);
        }
    }

    private static void move(VmPage page, PageQueue to) {
        unlink(page);
        to.addLast(page);
    }

    private static void unlink(VmPage page) {
        if (page.queue() != null) {
            page.queue().remove(page);
        }
    }

    @Override
    public void removed(VmPage page) {
        unlink(page);
    }

    @Override
    public boolean idle(VmPage page) {
        return page.queue() == inactive;
    }

    @Override
    public void scan(int pass) {
        int skipped = scanInactive(pass);
        scanActive(skipped);
    }

    /** Takes back what was not used since it became inactive; how many pages nobody may touch. */
    private int scanInactive(int pass) {
        int launder = pass == 0 ? MAX_LAUNDER : MAX_LAUNDER_DESPERATE;
        int shortage = host.shortage();
        int skipped = 0;
        int left = inactive.size();
        VmPage next = inactive.first();
        while (next != null && left-- > 0 && shortage > 0) {
            VmPage page = next;
            next = inactive.next(page);
            if (host.untouchable(page)) {
                skipped++;
                if (page.holdCount() != 0) {
                    move(page, inactive);
                }
            } else if (used(page)) {
                // Used since: it is active now, with an age that says how much.
            } else if (page.valid() == 0 || !host.modified(page)) {
                if (host.reclaim(page)) {
                    shortage--;
                } else {
                    move(page, inactive);
                }
            } else if (!page.secondChance() && pass == 0) {
                page.secondChance(true);
                move(page, inactive);
            } else if (launder > 0) {
                if (host.launder(page) > 0) {
                    launder--;
                    shortage--;
                } else if (!host.mayLaunder()) {
                    launder = 0;
                } else {
                    move(page, inactive);
                }
            }
        }
        return skipped;
    }

    /** Whether an inactive page was used; it is active then. */
    private boolean used(VmPage page) {
        if (!host.inUse(page)) {
            page.clearReferenced();
            host.takeReferences(page);
            return false;
        }
        boolean folded = page.referenced();
        int count = host.takeReferences(page);
        if (!folded && count == 0) {
            return false;
        }
        page.clearReferenced();
        move(page, active);
        page.actCount(Math.max(page.actCount(), ACT_INIT) + count + ACT_ADVANCE + (folded ? 1 : 0));
        return true;
    }

    /** Ages active pages until there are enough candidates. */
    private void scanActive(int skipped) {
        int shortage = host.shortage() + host.thresholds().inactiveTarget() - inactive.size() + skipped;
        int left = active.size();
        VmPage next = active.first();
        while (next != null && left-- > 0 && shortage > 0) {
            VmPage page = next;
            next = active.next(page);
            if (host.untouchable(page) || stillUsed(page)) {
                move(page, active);
            } else {
                page.actCount(page.actCount() - Math.min(page.actCount(), ACT_DECLINE));
                boolean unused = !host.inUse(page);
                if (page.actCount() != 0 && !unused) {
                    move(page, active);
                } else {
                    shortage--;
                    retire(page, unused);
                }
            }
        }
    }

    private void retire(VmPage page, boolean unused) {
        if (!unused || host.modified(page) || !host.reclaim(page)) {
            deactivated(page, false);
        }
    }

    /** Whether an active page was used since the last scan; its age says so then. */
    private boolean stillUsed(VmPage page) {
        int count = 0;
        if (host.inUse(page)) {
            count = (page.referenced() ? 1 : 0) + host.takeReferences(page);
            if (count > 0) {
                page.actCount(Math.min(page.actCount() + ACT_ADVANCE + count, ACT_MAX));
            }
        }
        page.clearReferenced();
        return count > 0;
    }

    @Override
    public int pages() {
        return active.size() + inactive.size();
    }

    @Override
    public void forEachPage(Consumer<VmPage> visitor) {
        forEach(inactive, visitor);
        forEach(active, visitor);
    }

    private static void forEach(PageQueue queue, Consumer<VmPage> visitor) {
        for (VmPage page = queue.first(); page != null; page = queue.next(page)) {
            visitor.accept(page);
        }
    }

    @Override
    public List<PageQueue> queues() {
        return List.of(inactive, active);
    }

    @Override
    public void exportPage(VmPage page, PageRecord record) {
        record.active = page.queue() == active;
        record.age = Math.min(page.actCount(), ACT_MAX);
    }

    @Override
    public void importPage(VmPage page, PageRecord record) {
        page.actCount(Math.min(record.age, ACT_MAX));
        move(page, record.active ? active : inactive);
    }
}
