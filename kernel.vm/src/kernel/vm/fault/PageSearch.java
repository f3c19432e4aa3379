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
 * <p>Nothing here interleaves, so pages need not be marked busy against other faults. DEVIATION: pages are read one
 * at a time; the window of 16 and drop-behind belong to a pageout policy that does not exist yet.
 */
final class PageSearch {
    /** Go on in the backing object. */
    private static final int NEXT = -1;

    private final VmContext context;

    PageSearch(VmContext context) {
        this.context = context;
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
        if (page != null && page.valid() != 0) {
            state.object = object;
            state.page = page;
            return KernResult.SUCCESS;
        }
        boolean first = object == state.firstObject;
        if (object.pager() == null && !first) {
            return NEXT;
        }
        if (index >= object.sizePages()) {
            return KernResult.OUT_OF_BOUNDS;
        }
        if (object.pager() == null) {
            state.placeholder = page;
            return NEXT;
        }
        return read(state, object, index, page);
    }

    private int read(FaultState state, VmObject object, long index, VmPage resident) {
        VmPage page = resident != null ? resident : context.pages().allocate(object, index);
        if (page == null) {
            return KernResult.RESOURCE_SHORTAGE;
        }
        int result = object.pager().pageIn(object, page);
        if (result == Pager.OK) {
            context.counters().count(VmCounter.PAGE_INS);
            context.counters().count(VmCounter.PAGE_IN_FAULTS);
            state.object = object;
            state.page = page;
            return KernResult.SUCCESS;
        }
        if (result == Pager.FAIL && object == state.firstObject) {
            state.placeholder = page;
            return NEXT;
        }
        if (resident == null) {
            page.busy(false);
            context.pages().free(page);
        }
        return switch (result) {
            case Pager.FAIL -> NEXT;
            case Pager.BAD -> KernResult.OUT_OF_BOUNDS;
            default -> KernResult.FAILURE;
        };
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
        context.pages().rename(state.page, state.firstObject, state.firstIndex);
        state.object = state.firstObject;
        context.counters().count(VmCounter.STEAL_FAULTS);
        return KernResult.SUCCESS;
    }

    private int copy(FaultState state) {
        VmPage source = state.page;
        VmPage target = firstPage(state);
        // The source was only needed as long as it is copied; a page that was just read in is on no queue yet.
        source.busy(false);
        context.pages().deactivate(source);
        if (target == null) {
            return KernResult.RESOURCE_SHORTAGE;
        }
        context.pmap().copyPage(source, target);
        target.valid(VmPage.ALL);
        if (state.firstObject.refCount() > 1 && !context.profile().has(Quirk.SHARED_COPY_UNSEEN)) {
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
