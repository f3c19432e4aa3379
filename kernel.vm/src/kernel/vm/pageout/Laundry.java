// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.vm.object.PageFlush;
import kernel.vm.object.Pager;
import kernel.vm.object.PageTransfers;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmPage;

/**
 * Writes modified pages in clusters of up to 16 neighbours: {@code vm_pageout_clean} and {@code vm_pageout_flush} of
 * FreeBSD {@code sys/vm/vm_pageout.c}, early 2006.
 *
 * <p>As in the swap pager there, four writes at most are under way at once, so that reads find their way to the disk.
 */
final class Laundry {
    private static final int MAX_WRITES = 4;

    private final VmContext context;
    private final PageoutPort port;
    private final PageFlush flush;
    private int started;

    Laundry(VmContext context, PageoutPort port) {
        this.context = context;
        this.port = port;
        flush = context.transfers().newFlush();
    }

    /** Whether the disk would take another write. */
    boolean ready() {
        return flush.waiting() < MAX_WRITES;
    }

    /** Whether writes are under way. */
    boolean busy() {
        return flush.waiting() > 0;
    }

    /** Where to wait for one of them to end. */
    long channel() {
        return flush.channel();
    }

    /** How many pages were sent to the disk so far. */
    int started() {
        return started;
    }

    /** Starts to write a page with its neighbours; how many pages are on their way. */
    int start(VmPage page) {
        VmObject object = (VmObject) page.owner();
        Pager store = context.objects().storeForWriting(object);
        boolean full = object.swapBacked() && context.objects().swap().space().available() == 0;
        if (!ready() || full || object.dead() || !store.canReclaim() || !washable(page)) {
            return 0;
        }
        int most = Math.min(context.pages().thresholds().clusterPages(), PageTransfers.MAX_PAGES);
        VmPage[] cluster = cluster(object, page, most);
        int count = 0;
        while (count < cluster.length && cluster[count] != null) {
            count++;
        }
        int written = context.transfers().write(object, cluster, count, flush);
        started += written;
        return written;
    }

    private boolean washable(VmPage page) {
        return page != null && page.pageable() && !page.inTransit() && page.holdCount() == 0
                && context.objects().ranges().testDirty(page);
    }

    private boolean joins(VmPage page) {
        return washable(page) && port.idle(page);
    }

    /** Neighbours backward up to an aligned index, then forward, then backward again; in order of index. */
    private VmPage[] cluster(VmObject object, VmPage page, int most) {
        int back = reach(object, page, 0, (int) (page.index() % most), -1, most - 1);
        int ahead = reach(object, page, 0, most - 1 - back, 1, most - 1 - back);
        back = reach(object, page, back, most - 1 - ahead, -1, most - 1 - ahead);
        VmPage[] cluster = new VmPage[PageTransfers.MAX_PAGES];
        for (int i = 0; i <= back + ahead; i++) {
            cluster[i] = context.pages().find(object, page.index() - back + i);
        }
        return cluster;
    }

    /** How far from a page its neighbours join, at most {@code limit} and {@code room}; {@code from} are known to. */
    private int reach(VmObject object, VmPage page, int from, int limit, int direction, int room) {
        int reached = from;
        while (reached < Math.min(limit, room)
                && joins(context.pages().find(object, page.index() + (long) direction * (reached + 1)))) {
            reached++;
        }
        return reached;
    }
}
