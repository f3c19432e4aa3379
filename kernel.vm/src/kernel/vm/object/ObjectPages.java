// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Works on ranges of an object's pages: removing, cleaning, advice.
 *
 * <p>Models {@code vm_object_page_remove}, {@code vm_object_page_clean} and {@code vm_object_madvise} of FreeBSD
 * {@code sys/vm/vm_object.c}, early 2006.
 */
@ProviderType
public final class ObjectPages {
    private final VmContext context;

    ObjectPages(VmContext context) {
        this.context = context;
    }

    /**
     * Unmaps and frees a page of an object; a wired one only leaves its object. Of an unmanaged one the caller knows that
     * nothing maps it.
     */
    void freePage(VmPage page) {
        if (page.unmanaged()) {
            context.pages().unmanaged().free(page);
            return;
        }
        if (page.pvCount() != 0) {
            context.pmap().removeAll(page);
        }
        if (page.wireCount() != 0) {
            context.pages().orphan(page);
        } else {
            context.pages().free(page);
        }
    }

    /** Unmaps and frees every page of an object. */
    void freeAll(VmObject object) {
        for (VmPage page = object.pages().first(); page != null; page = object.pages().first()) {
            freePage(page);
        }
    }

    /**
     * Takes pages out of an object.
     *
     * <p>A wired page loses its mappings but stays; unless only clean pages go, its contents become invalid.
     *
     * @param start first index
     * @param end index behind the last
     * @param cleanOnly keep pages that were modified (they are then only mapped read-only)
     */
    public void remove(VmObject object, long start, long end, boolean cleanOnly) {
        if (!cleanOnly) {
            context.objects().swap().freeRange(object, start, end);
        }
        if (end - start < object.pages().size()) {
            for (long index = start; index < end; index++) {
                VmPage page = context.pages().find(object, index);
                if (page != null) {
                    removePage(page, cleanOnly);
                }
            }
            return;
        }
        VmPage page = object.pages().first();
        while (page != null) {
            VmPage next = page.nextOfOwner();
            if (page.index() >= start && page.index() < end) {
                removePage(page, cleanOnly);
            }
            page = next;
        }
    }

    private void removePage(VmPage page, boolean cleanOnly) {
        if (page.wireCount() != 0) {
            if (!page.unmanaged()) {
                context.pmap().removeAll(page);
            }
            if (!cleanOnly) {
                page.valid(0);
                page.dirty(0);
            }
            return;
        }
        if (cleanOnly) {
            context.pmap().pageProtect(page, VmProt.READ | VmProt.EXEC);
            if (page.writing() || testDirty(page)) {
                return;
            }
        }
        freePage(page);
    }

    /** Whether a page was modified: by its own mask or by any mapping (which is then folded in). */
    public boolean testDirty(VmPage page) {
        if (page.dirty() != VmPage.ALL && context.pmap().isModified(page)) {
            page.markDirty();
        }
        return page.dirty() != 0;
    }

    /**
     * Writes modified pages of a file and waits until they are written. May block.
     *
     * @param start first index
     * @param end index behind the last; with {@code start} 0 and the whole size the object counts as clean after
     * @param invalidate drop the pages once they are clean
     * @return 0 or {@link Pager#ERROR} if a page could not be written (it stays modified, unless the profile loses
     *     write errors as the original does)
     */
    public int clean(VmObject object, long start, long end, boolean invalidate) {
        if (object.type() != ObjectType.VNODE || !object.mightBeDirty()) {
            return Pager.OK;
        }
        PageFlush flush = startCleaning(object, start, end);
        context.transfers().await(flush);
        awaitOthers(object, start, end);
        if (invalidate && object.pager().canReclaim()) {
            dropClean(object, start, end);
        }
        return flush.failed() ? Pager.ERROR : Pager.OK;
    }

    /** The same without waiting; nobody hears of errors. */
    public void cleanLater(VmObject object) {
        if (object.type() == ObjectType.VNODE && object.mightBeDirty()) {
            startCleaning(object, 0, object.sizePages());
            context.transfers().settleUnlessAsleep();
        }
    }

    private PageFlush startCleaning(VmObject object, long start, long end) {
        if (start == 0 && end >= object.sizePages()) {
            // Write-protected first, so that a later write faults and says again that the object may be dirty.
            protectAll(object);
            object.mightBeDirty = false;
        }
        PageFlush flush = context.transfers().newFlush();
        VmPage[] run = new VmPage[PageTransfers.MAX_PAGES];
        int count = 0;
        VmPage page = object.pages().first();
        while (page != null) {
            VmPage next = page.nextOfOwner();
            if (page.index() >= start && page.index() < end && !page.inTransit() && testDirty(page)) {
                if (count == run.length || count > 0 && run[count - 1].index() + 1 != page.index()) {
                    context.transfers().write(object, run, count, flush);
                    run = new VmPage[PageTransfers.MAX_PAGES];
                    count = 0;
                }
                run[count++] = page;
            }
            page = next;
        }
        if (count > 0) {
            context.transfers().write(object, run, count, flush);
        }
        return flush;
    }

    private void protectAll(VmObject object) {
        for (VmPage page = object.pages().first(); page != null; page = page.nextOfOwner()) {
            context.pmap().pageProtect(page, VmProt.READ | VmProt.EXEC);
        }
    }

    /** Waits for pages that the daemon or another LWP is writing. */
    private void awaitOthers(VmObject object, long start, long end) {
        VmPage page = object.pages().first();
        while (page != null) {
            if (page.writing() && page.index() >= start && page.index() < end) {
                context.transfers().await(page);
                page = object.pages().first();
            } else {
                page = page.nextOfOwner();
            }
        }
    }

    private void dropClean(VmObject object, long start, long end) {
        VmPage page = object.pages().first();
        while (page != null) {
            VmPage next = page.nextOfOwner();
            if (page.index() >= start && page.index() < end && !page.inTransit() && page.wireCount() == 0
                    && !testDirty(page)) {
                freePage(page);
            }
            page = next;
        }
    }

    /**
     * Gives advice about the use of pages, wherever in the chain they are.
     *
     * @param advice will need, do not need, or free (contents may be lost)
     */
    public void advise(VmObject object, long start, long end, Advice advice) {
        if (object.backing() != null || object.swapBlocks() != 0 || end - start < object.pages().size()) {
            for (long index = start; index < end; index++) {
                adviseIndex(object, index, advice);
            }
            return;
        }
        for (VmPage page = object.pages().first(); page != null; page = page.nextOfOwner()) {
            if (page.index() >= start && page.index() < end && mayAdvise(object, advice)) {
                advisePage(page, advice);
            }
        }
    }

    private void adviseIndex(VmObject object, long index, Advice advice) {
        VmObject current = object;
        long at = index;
        while (current != null && mayAdvise(current, advice)) {
            VmPage page = context.pages().find(current, at);
            if (page != null) {
                advisePage(page, advice);
                return;
            }
            if (advice == Advice.FREE) {
                context.objects().swap().free(current, at);
            }
            at = current.backingIndex(at);
            current = current.backing();
        }
    }

    private static boolean mayAdvise(VmObject object, Advice advice) {
        return advice != Advice.FREE || object.anonymous() && object.oneMapping();
    }

    private void advisePage(VmPage page, Advice advice) {
        if (page.holdCount() != 0 || page.wireCount() != 0 || page.inTransit() || page.valid() != VmPage.ALL) {
            return;
        }
        PagePool pool = context.pages();
        switch (advice) {
            case WILL_NEED -> pool.activate(page);
            case DONT_NEED -> dontNeed(page);
            case FREE -> {
                context.pmap().clearModify(page);
                page.dirty(0);
                context.objects().swap().free((VmObject) page.owner(), page.index());
                page.actCount(0);
                dontNeed(page);
            }
        }
    }

    /** DEVIATION: the original throttles this with a counter; here a clean page always goes to the head. */
    private void dontNeed(VmPage page) {
        page.clearReferenced();
        context.pmap().clearReference(page);
        if (testDirty(page)) {
            context.pages().deactivate(page);
        } else {
            context.pages().deactivateFirst(page);
        }
    }

    /** Advice that changes pages; the other kinds are properties of a map entry. */
    public enum Advice {
        WILL_NEED,
        DONT_NEED,
        FREE
    }
}
