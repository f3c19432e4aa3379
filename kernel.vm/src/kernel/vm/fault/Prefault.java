// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import kernel.vm.map.VmMapEntry;
import kernel.vm.object.ObjectType;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;

/** Maps resident neighbours of a faulted page ({@code vm_fault_prefault}, FreeBSD {@code vm_fault.c}, 2006). */
final class Prefault {
    /** How many pages on either side; tried nearest first, below before above. */
    private static final int REACH = 4;

    private final VmContext context;

    Prefault(VmContext context) {
        this.context = context;
    }

    void around(FaultState state) {
        VmMapEntry entry = state.entry;
        if ((entry.protection() & (VmProt.READ | VmProt.EXEC)) == 0) {
            return;
        }
        for (int distance = 1; distance <= REACH; distance++) {
            long offset = (long) distance << PagePool.PAGE_SHIFT;
            if (!map(state, entry, state.address - offset) || !map(state, entry, state.address + offset)) {
                return;
            }
        }
    }

    /** Maps one neighbour if it can; false when it is not resident, which ends the search. */
    private boolean map(FaultState state, VmMapEntry entry, long address) {
        if (!entry.contains(address) || !state.map.pmap().isPrefaultable(address)) {
            return true;
        }
        VmPage page = resident(entry.object(), entry.indexOf(address));
        if (page == null) {
            return false;
        }
        if (page.valid() == VmPage.ALL && !page.inTransit() && !page.fictitious()) {
            if (context.pages().cached(page)) {
                context.pages().deactivate(page);
            }
            state.map.pmap().enterQuick(address, page, entry.protection() & ~VmProt.WRITE);
            context.counters().count(VmCounter.PREFAULTS);
        }
        return true;
    }

    /** The page, looked for through objects without swap and the first one behind them. */
    private VmPage resident(VmObject top, long topIndex) {
        VmObject object = top;
        long index = topIndex;
        VmPage page = context.pages().find(object, index);
        while (page == null && object.type() == ObjectType.DEFAULT && object.backing() != null) {
            index = object.backingIndex(index);
            object = object.backing();
            page = context.pages().find(object, index);
        }
        return page;
    }
}
