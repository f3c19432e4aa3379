// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.io.IOException;
import kernel.vm.disk.Disk;
import kernel.vm.page.FailurePoint;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;
import machine.core.event.EventType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads and writes pages, and lets their users wait.
 *
 * <p>A page that is read is busy until it is there; a page that is written is {@link VmPage#writing()} until the disk has
 * it. What is written leaves the page when the write starts, what is read comes into it when the read ends; between,
 * only time passes. DEVIATION: a page in transit may change its object or lose it; the original lets whoever wants to
 * remove it wait. It lands where it then belongs, and its frame is freed if it belongs to nobody.
 */
@ProviderType
public final class PageTransfers {
    /** The most pages in one transfer. */
    public static final int MAX_PAGES = 16;

    private static final EventType PAGE_IN = EventType.of("vm.pagein", "object", "index", "pages");
    private static final EventType PAGE_OUT = EventType.of("vm.pageout", "object", "index", "pages");

    private final VmContext context;
    private final Disk disk;

    PageTransfers(VmContext context, Disk disk) {
        this.context = context;
        this.disk = disk;
    }

    /** The disk. */
    public Disk disk() {
        return disk;
    }

    /**
     * Starts to read pages that are busy and not valid.
     *
     * @param pages the request owns the array from now on
     * @param wanted which of them the caller waits for; the others are made candidates for reclaim when they arrive
     */
    public PageRead read(VmObject object, VmPage[] pages, int count, int wanted) {
        PageRead read = new PageRead(this, pages, count, wanted);
        context.engine().events().log(PAGE_IN, object.id, pages[0].index(), count);
        disk.submit(read);
        return read;
    }

    /**
     * Reads one page that has a frame and no contents, and waits for it. May block.
     *
     * <p>The page may have gone again when this returns.
     *
     * @throws IOException if it cannot be read; it is gone then, unless it is wired
     */
    public void readAlone(VmObject object, VmPage page) throws IOException {
        page.busy(true);
        page.reading(true);
        VmPage[] pages = new VmPage[MAX_PAGES];
        pages[0] = page;
        PageRead read = read(object, pages, 1, 0);
        await(read);
        boolean failed = read.result() == Pager.ERROR;
        if (failed && page.owner() != null && page.wireCount() == 0) {
            context.pages().free(page);
        }
        land(page);
        if (failed) {
            throw new IOException("page " + page.index() + " of " + object + " cannot be read");
        }
        if (page.owner() != null) {
            context.pages().activate(page);
        }
    }

    /** Waits until a read is over. May block; at once where nobody can sleep. */
    public void await(PageRead read) {
        if (context.waits().canSleep()) {
            context.waits().await(context.waits().channelOf(read.wanted().frame()), "pgin", () -> !read.over);
        } else {
            disk.finishNow();
        }
    }

    void readDone(PageRead read) {
        for (int i = 0; i < read.count; i++) {
            VmPage page = read.pages[i];
            int result = page.owner() == null ? Pager.FAIL : fill((VmObject) page.owner(), page);
            if (i == read.wanted) {
                read.result = result;
            } else {
                neighbourArrived(page, result);
            }
        }
        read.over = true;
        context.waits().wake(context.waits().channelOf(read.wanted().frame()));
    }

    /** Fills a busy page from the store of the object it belongs to now. */
    public int fill(VmObject object, VmPage page) {
        Pager store = context.objects().store(object);
        if (store == null) {
            return Pager.FAIL;
        }
        int result = context.pages().failures().fails(FailurePoint.PAGE_IN) ? Pager.ERROR : store.pageIn(object, page);
        if (result == Pager.OK) {
            context.counters().count(VmCounter.PAGE_INS);
        }
        return result;
    }

    /** The page of a pager that has pages of its own, or null if it refuses. */
    public VmPage supply(Pager store, VmObject object, long index) {
        return context.pages().failures().fails(FailurePoint.PAGE_IN) ? null : store.supply(object, index);
    }

    private void neighbourArrived(VmPage page, int result) {
        boolean wanted = page.wanted();
        PagePool pool = context.pages();
        if (result != Pager.OK && page.owner() != null && page.wireCount() == 0) {
            pool.free(page);
        }
        land(page);
        if (page.owner() != null) {
            if (wanted) {
                pool.activate(page);
            } else {
                pool.deactivate(page);
            }
        }
    }

    /** Ends the transit of a page and wakes who waits for it. */
    public void land(VmPage page) {
        boolean wanted = page.wanted();
        page.wanted(false);
        context.pages().landed(page);
        if (wanted) {
            context.waits().wake(context.waits().channelOf(page.frame()));
        }
    }

    /** Waits until a page is no longer in transit. May block; at once where nobody can sleep. */
    public void await(VmPage page) {
        if (context.waits().canSleep()) {
            context.waits().await(context.waits().channelOf(page.frame()), "vmpgwait", () -> {
                page.wanted(page.inTransit());
                return page.inTransit();
            });
        } else {
            disk.finishNow();
        }
    }

    /** Nothing under way yet. */
    public PageFlush newFlush() {
        return new PageFlush(context.waits().newChannel());
    }

    /**
     * Starts to write modified pages of an object that has a store: takes write access from their mappings, clears their
     * dirty masks, copies their contents.
     *
     * @param pages neither busy nor being written; the request owns the array from now on
     * @return how many are under way; the others found no place in the store and are as they were, or needed no disk
     */
    public int write(VmObject object, VmPage[] pages, int count, PageFlush flush) {
        Pager store = context.objects().storeForWriting(object);
        int[] results = new int[count];
        int started = 0;
        for (int i = 0; i < count; i++) {
            VmPage page = pages[i];
            context.pmap().pageProtect(page, VmProt.READ | VmProt.EXEC);
            page.dirty(0);
            context.counters().count(VmCounter.PAGE_OUTS);
            int result = copyOut(store, object, page);
            if (result == Pager.FAIL || !store.usesDisk()) {
                settle(object, page, result, flush);
            } else {
                page.writing(true);
                pages[started] = page;
                results[started++] = result;
            }
        }
        if (started > 0) {
            flush.waiting++;
            context.engine().events().log(PAGE_OUT, object.id, pages[0].index(), started);
            disk.submit(new PageWrite(this, flush, pages, results, started));
        }
        return started;
    }

    private int copyOut(Pager store, VmObject object, VmPage page) {
        return context.pages().failures().fails(FailurePoint.PAGE_OUT) ? Pager.ERROR : store.pageOut(object, page);
    }

    void writeDone(PageWrite write) {
        for (int i = 0; i < write.count; i++) {
            VmPage page = write.pages[i];
            land(page);
            if (page.owner() != null) {
                settle((VmObject) page.owner(), page, write.results[i], write.flush);
            }
        }
        write.flush.waiting--;
        context.waits().wake(write.flush.channel);
    }

    /** A write is over: what failed stays modified and counts as used, what is clean may be needed at once. */
    private void settle(VmObject object, VmPage page, int result, PageFlush flush) {
        boolean file = object.type() == ObjectType.VNODE;
        boolean lost = file && context.profile().has(Quirk.LOST_WRITE_ERRORS);
        if (result == Pager.FAIL || result == Pager.ERROR && !lost) {
            page.markDirty();
            if (file) {
                object.setMightBeDirty();
            }
            flush.failed = true;
            if (page.pageable()) {
                context.pages().activate(page);
            }
        } else if (page.pageable() && !page.inTransit() && context.pages().belowSevere()) {
            cacheIfClean(object, page);
        }
    }

    /** {@code vm_page_try_to_cache}. */
    private void cacheIfClean(VmObject object, VmPage page) {
        if (page.holdCount() != 0 || object.pager() != null && !object.pager().canReclaim()) {
            return;
        }
        context.pmap().removeAll(page);
        if (page.dirty() == 0) {
            context.pages().cache(page);
        }
    }

    /** Waits until all writes are done. May block; at once where nobody can sleep. */
    public void await(PageFlush flush) {
        if (context.waits().canSleep()) {
            context.waits().await(flush.channel, "pgout", () -> flush.waiting > 0);
        } else {
            disk.finishNow();
        }
    }

    /** Lets writes end that nobody waits for, where nobody could sleep. */
    void settleUnlessAsleep() {
        if (!context.waits().canSleep()) {
            disk.finishNow();
        }
    }
}
