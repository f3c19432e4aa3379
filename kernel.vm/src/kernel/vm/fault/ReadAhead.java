// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmMapEntry;
import kernel.vm.object.PageRead;
import kernel.vm.object.PageTransfers;
import kernel.vm.object.Pager;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;

/**
 * Which neighbours are read along with a page: step B.4 of {@code vm_fault} and {@code vm_fault_additional_pages} of
 * FreeBSD {@code sys/vm/vm_fault.c}, early 2006.
 */
final class ReadAhead {
    private static final int READ_BEHIND = 7;
    private static final int READ_AHEAD = 8;
    private static final int WINDOW = READ_BEHIND + READ_AHEAD + 1;

    private final VmContext context;

    ReadAhead(VmContext context) {
        this.context = context;
    }

    /** Starts to read a busy page of an object, and what belongs to it. */
    PageRead start(FaultState state, VmObject object, VmPage page) {
        VmMapEntry entry = state.entry;
        long behind = 0;
        long ahead = 0;
        if (!entry.has(EntryFlags.BEHAV_RANDOM)) {
            behind = Math.min(READ_BEHIND, state.address - entry.start() >> PagePool.PAGE_SHIFT);
            ahead = Math.min(READ_AHEAD, (entry.end() - state.address >> PagePool.PAGE_SHIFT) - 1);
            if (sequential(entry, page.index())) {
                dropBehind(state);
                ahead += behind;
                behind = 0;
            }
        }
        return read(entry, object, page, (int) behind, (int) ahead);
    }

    private static boolean sequential(VmMapEntry entry, long index) {
        long last = entry.lastFaultIndex();
        return entry.has(EntryFlags.BEHAV_SEQUENTIAL) || index >= last && index < last + WINDOW;
    }

    /** A sequential reader will not come back: the pages before the window become candidates, or are given up. */
    private void dropBehind(FaultState state) {
        VmObject object = state.firstObject;
        long end = Math.max(0, state.firstIndex - 2 * WINDOW);
        for (long index = state.firstIndex - 1; index >= end; index--) {
            VmPage page = context.pages().find(object, index);
            if (page == null || page.valid() != VmPage.ALL) {
                return;
            }
            if (!page.inTransit() && page.pageable() && page.holdCount() == 0) {
                drop(object, page);
            }
        }
    }

    private void drop(VmObject object, VmPage page) {
        context.pmap().removeAll(page);
        boolean kept = object.pager() != null && !object.pager().canReclaim();
        if (page.dirty() != 0 || kept) {
            context.pages().deactivate(page);
        } else {
            context.pages().cache(page);
        }
        context.counters().count(VmCounter.DROP_BEHINDS);
    }

    private PageRead read(VmMapEntry entry, VmObject object, VmPage page, int behind, int ahead) {
        int spare = context.pages().available() - context.pages().thresholds().freeReserved();
        VmPage[] window = new VmPage[WINDOW];
        window[behind] = page;
        int first = behind;
        int last = behind;
        if (behind + ahead <= spare) {
            while (first > 0 && join(object, page.index() - behind + first - 1, true, window, first - 1)) {
                first--;
            }
            while (last < behind + ahead && join(object, page.index() - behind + last + 1, false, window, last + 1)) {
                last++;
            }
        }
        int count = last - first + 1;
        entry.lastFaultIndex(page.index() + count - behind);
        context.counters().count(VmCounter.READ_AHEADS, count - 1L);
        VmPage[] pages = new VmPage[PageTransfers.MAX_PAGES];
        System.arraycopy(window, first, pages, 0, count);
        return context.transfers().read(object, pages, count, behind - first);
    }

    /** Adds a neighbour if it is not in memory, the store has it next to the others, and there is a frame. */
    private boolean join(VmObject object, long index, boolean below, VmPage[] window, int at) {
        Pager store = context.objects().store(object);
        if (index < 0 || index >= object.sizePages() || context.pages().find(object, index) != null
                || store.hasPage(object, index) != Pager.OK
                || !store.contiguous(object, below ? index : index - 1)) {
            return false;
        }
        VmPage page = context.pages().allocate(object, index);
        if (page != null) {
            page.reading(true);
        }
        window[at] = page;
        return page != null;
    }
}
