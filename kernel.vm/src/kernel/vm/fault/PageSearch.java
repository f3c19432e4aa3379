// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import kernel.vm.object.Pager;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.VmProt;

/**
 * Finds, reads, fills or copies the page of a fault: steps B and C of {@code vm_fault}, FreeBSD
 * {@code sys/vm/vm_fault.c}, early 2006.
 *
 * <p>Nothing here interleaves. What has to wait is only started here: the result says so, and the fault begins again
 * when it is over.
 */
final class PageSearch {
    /** Go on in the backing object. */
    private static final int NEXT = -1;
    /** Wait until {@link FaultState#awaited} is no longer in transit, and begin again. */
    static final int IN_TRANSIT = -2;
    /** Wait for {@link FaultState#read}, and begin again. */
    static final int READING = -3;

    private final VmContext context;
    private final ReadAhead readAhead;

    PageSearch(VmContext context) {
        this.context = context;
        readAhead = new ReadAhead(context);
    }

    /** Finds or makes the page; the map is locked. */
    int find(FaultState state) {
        state.placeholder = null;
        VmObject object = state.firstObject;
        long index = state.firstIndex;
        while (true) {
            int result = look(state, object, index);
            if (result != NEXT) {
                return result == KernResult.SUCCESS ? copyIfNeeded(state) : result;
            }
            if (object.backing() == null) {
                return zeroFill(state);
            }
            index = object.backingIndex(index);
            object = object.backing();
        }
    }

    private int look(FaultState state, VmObject object, long index) {
        if (object.dead()) {
            return KernResult.PROTECTION_FAILURE;
        }
        VmPage page = context.pages().find(object, index);
        if (page != null && page.inTransit() && page != state.held) {
            state.awaited = page;
            return IN_TRANSIT;
        }
        if (page != null && page.valid() != 0) {
            return found(state, object, page);
        }
        Pager store = context.objects().store(object);
        boolean first = object == state.firstObject;
        if (store == null && !first) {
            return NEXT;
        }
        if (index >= object.sizePages()) {
            return KernResult.OUT_OF_BOUNDS;
        }
        if (store == null) {
            state.placeholder = page;
            return NEXT;
        }
        return read(state, object, index, page);
    }

    private int found(FaultState state, VmObject object, VmPage page) {
        if (context.pages().cached(page)) {
            if (context.pages().belowSevere() && !state.wired) {
                return KernResult.RESOURCE_SHORTAGE;
            }
            context.counters().count(VmCounter.CACHE_HITS);
            // Out of the cache at once, so that no allocation of this fault takes its frame.
            context.pages().deactivate(page);
        }
        state.object = object;
        state.page = page;
        return KernResult.SUCCESS;
    }

    private int read(FaultState state, VmObject object, long index, VmPage resident) {
        Pager store = context.objects().store(object);
        if (store.suppliesPages()) {
            return supply(state, object, index, store);
        }
        int there = store.hasPage(object, index);
        if (there != Pager.OK) {
            return missing(state, object, resident, there);
        }
        VmPage page = resident != null ? resident : context.pages().allocate(object, index);
        if (page == null) {
            return KernResult.RESOURCE_SHORTAGE;
        }
        context.counters().count(VmCounter.PAGE_IN_FAULTS);
        page.busy(true);
        page.reading(true);
        if (store.usesDisk()) {
            state.read = readAhead.start(state, object, page);
            return READING;
        }
        int result = context.transfers().fill(object, page);
        if (result == Pager.OK) {
            return found(state, object, page);
        }
        giveBack(page);
        return missing(state, object, null, result);
    }

    private int supply(FaultState state, VmObject object, long index, Pager store) {
        VmPage page = context.transfers().supply(store, object, index);
        return page == null ? KernResult.IO_ERROR : found(state, object, page);
    }

    /** The store does not have the page: zeros or a lower object do, or it is an error. */
    private int missing(FaultState state, VmObject object, VmPage resident, int result) {
        if (result == Pager.FAIL && object == state.firstObject) {
            state.placeholder = resident;
        }
        return failure(result);
    }

    /** What a result of a pager means for a fault. */
    static int failure(int result) {
        return switch (result) {
            case Pager.FAIL -> NEXT;
            case Pager.BAD -> KernResult.OUT_OF_BOUNDS;
            default -> KernResult.IO_ERROR;
        };
    }

    /** A page that could not be read: nobody needs it, unless it is wired. */
    void giveBack(VmPage page) {
        if (page.owner() != null && page.wireCount() == 0) {
            context.pages().free(page);
        }
        context.transfers().land(page);
    }

    private int zeroFill(FaultState state) {
        VmPage page = firstPage(state);
        if (page == null) {
            return KernResult.RESOURCE_SHORTAGE;
        }
        context.objects().zeroFill(page);
        state.object = state.firstObject;
        state.page = page;
        return KernResult.SUCCESS;
    }

    private VmPage firstPage(FaultState state) {
        if (state.placeholder != null) {
            return state.placeholder;
        }
        state.firstObject.placedAt(state.address, state.firstIndex);
        return context.pages().allocate(state.firstObject, state.firstIndex);
    }

    private int copyIfNeeded(FaultState state) {
        if (state.object == state.firstObject) {
            return KernResult.SUCCESS;
        }
        if ((state.access & VmProt.WRITE) == 0) {
            state.protection &= ~VmProt.WRITE;
            dropPlaceholder(state);
            return KernResult.SUCCESS;
        }
        return maySteal(state) ? steal(state) : copy(state);
    }

    /** The fault does not need a page any more that it may have read. */
    private void release(FaultState state, VmPage page) {
        if (page == state.held) {
            state.held = null;
            context.transfers().land(page);
        }
    }

    private void dropPlaceholder(FaultState state) {
        if (state.placeholder != null && state.placeholder.wireCount() == 0) {
            state.placeholder.busy(false);
            context.pages().free(state.placeholder);
        }
        state.placeholder = null;
    }

    private static boolean maySteal(FaultState state) {
        VmObject source = state.object;
        return source.anonymous()
                && source.refCount() == 1
                && source.shadowCount() == 1
                && state.firstObject.backing() == source
                && state.placeholder == null;
    }

    private int steal(FaultState state) {
        context.objects().chains().takeOver(state.page, state.firstObject, state.firstIndex);
        state.object = state.firstObject;
        context.counters().count(VmCounter.STEAL_FAULTS);
        return KernResult.SUCCESS;
    }

    private int copy(FaultState state) {
        VmPage source = state.page;
        VmPage target = firstPage(state);
        if (target == null) {
            return KernResult.RESOURCE_SHORTAGE;
        }
        // The source was only needed as long as it is copied; a page that was just read in is on no queue yet.
        release(state, source);
        context.pages().deactivate(source);
        context.pmap().copyPage(source, target);
        target.valid(VmPage.ALL);
        if (state.firstObject.refCount() > 1 && !source.unmanaged() && !context.profile().has(Quirk.SHARED_COPY_UNSEEN)) {
            // Other processes may share the object that just got its own page and still map the page behind it.
            context.pmap().removeAll(source);
        }
        state.object = state.firstObject;
        state.page = target;
        context.counters().count(VmCounter.COPY_FAULTS);
        if (state.firstObject.pages().size() == state.firstObject.sizePages()) {
            context.objects().chains().collapse(state.firstObject);
        }
        return KernResult.SUCCESS;
    }
}
