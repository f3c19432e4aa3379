// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import kernel.vm.map.EntryFlags;
import kernel.vm.map.MapStack;
import kernel.vm.map.MapWire;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.object.PageReclaim;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import machine.core.cost.Cost;
import machine.core.event.EventType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Handles page faults: finds the page that an address stands for and installs the mapping.
 *
 * <p>Models {@code vm_fault} of FreeBSD {@code sys/vm/vm_fault.c}, early 2006. Locks: map for reading (writing if the
 * entry must change), then the first object. Between them nothing interleaves. DEVIATION: since pagers do not sleep,
 * no lock is dropped in between and nothing has to be looked up again.
 */
@ProviderType
public final class VmFault implements MapWire.PageWirer {
    private static final EventType FAULT = EventType.of("vm.fault", "address", "access", "result");
    private static final int MAX_RECLAIMS = 2;
    private static final int RECLAIM_PAGES = 16;

    private final VmContext context;
    private final PageSearch search;
    private final Prefault prefault;
    private final PageReclaim reclaim;
    private FaultState spare;

    public VmFault(VmContext context) {
        this.context = context;
        search = new PageSearch(context);
        prefault = new Prefault(context);
        reclaim = new PageReclaim(context);
    }

    /**
     * Makes an address accessible, if the map says so.
     *
     * <p>Called on an LWP (or at a safe point) without map or object locks; may block for them. The pmap's
     * {@link Pmap#softFault} was asked before.
     *
     * @param access the {@link VmProt} bit of the access
     * @return a {@link KernResult}; {@link FaultSignal} says which signal it means
     */
    public int fault(VmSpace space, long address, int access) {
        context.counters().count(VmCounter.FAULTS);
        context.charge(Cost.MINOR_FAULT);
        FaultState state = take(space.map(), space.map().limits().truncatePage(address));
        int result = retryShortages(state, space, access);
        give(state);
        context.engine().events().log(FAULT, address, access, result);
        countFailure(result);
        return result;
    }

    private int retryShortages(FaultState state, VmSpace space, int access) {
        int result = attempt(state, space, access);
        for (int i = 0; result == KernResult.RESOURCE_SHORTAGE && i < MAX_RECLAIMS; i++) {
            if (reclaim.reclaim(RECLAIM_PAGES) == 0) {
                return result;
            }
            result = attempt(state, space, access);
        }
        return result;
    }

    private int attempt(FaultState state, VmSpace space, int access) {
        int result = lockAndLookup(state, access, false);
        if (result == KernResult.INVALID_ADDRESS) {
            if (MapStack.grow(space, state.address) != KernResult.SUCCESS) {
                return KernResult.FAILURE;
            }
            result = lockAndLookup(state, access, false);
        } else if (result == FaultLookup.IN_STACK_GAP) {
            if (MapStack.grow(space, state.address) != KernResult.SUCCESS) {
                return KernResult.PROTECTION_FAILURE;
            }
            result = lockAndLookup(state, access, false);
        }
        if (result == FaultLookup.NEEDS_WRITE_LOCK) {
            result = lockAndLookup(state, access, true);
        }
        if (result != KernResult.SUCCESS) {
            return result;
        }
        VmObject object = state.firstObject;
        object.lock().enter();
        result = install(state, false);
        object.lock().exit();
        state.map.unlockAny();
        return result;
    }

    /** Locks the map and looks the address up; unlocks again unless that succeeds. */
    private static int lockAndLookup(FaultState state, int access, boolean exclusive) {
        VmMap map = state.map;
        if (exclusive) {
            map.lock();
        } else {
            map.lockRead();
        }
        state.access = access;
        int result = FaultLookup.lookup(state, exclusive);
        if (result != KernResult.SUCCESS) {
            map.unlockAny();
        }
        return result;
    }

    /** Finds the page and maps it; the map is locked. */
    private int install(FaultState state, boolean wiring) {
        int result = search.find(state);
        if (result != KernResult.SUCCESS) {
            return result;
        }
        VmPage page = state.page;
        page.busy(true);
        noteWrite(state, page);
        int flags = state.access | (state.wired ? Pmap.WIRED : 0);
        result = state.map.pmap().enter(state.address, page, state.protection, flags);
        if (result == KernResult.SUCCESS && !wiring && !state.wired) {
            prefault.around(state);
        }
        page.markReferenced();
        if (result == KernResult.SUCCESS && wiring) {
            context.pages().wire(page);
        } else {
            context.pages().activate(page);
        }
        page.busy(false);
        return result;
    }

    private static void noteWrite(FaultState state, VmPage page) {
        if ((state.protection & VmProt.WRITE) == 0) {
            return;
        }
        // Said before the writable mapping exists, so that nobody finds one on a page without the flag.
        page.writeable(true);
        if (!state.object.anonymous()) {
            state.object.setMightBeDirty();
        }
        if ((state.access & VmProt.WRITE) != 0) {
            boolean quiet = state.entry.has(EntryFlags.NOSYNC);
            page.nosync(quiet && (page.dirty() == 0 || page.nosync()));
            page.markDirty();
        }
    }

    /** Wires one page of an entry for a user; the map is write-locked and the entry counts as wired already. */
    @Override
    public int wirePage(VmMap map, VmMapEntry entry, long address) {
        FaultState state = take(map, address);
        int result = FaultLookup.lookupForWiring(state, entry);
        if (result == KernResult.SUCCESS) {
            result = install(state, true);
        }
        if (result == KernResult.RESOURCE_SHORTAGE && reclaim.reclaim(RECLAIM_PAGES) > 0) {
            result = install(state, true);
        }
        give(state);
        return result;
    }

    private FaultState take(VmMap map, long address) {
        FaultState state = spare;
        if (state == null) {
            state = new FaultState();
        } else {
            spare = state.nextSpare;
        }
        state.map = map;
        state.address = address;
        return state;
    }

    private void give(FaultState state) {
        state.clear();
        state.nextSpare = spare;
        spare = state;
    }

    private void countFailure(int result) {
        switch (result) {
            case KernResult.SUCCESS -> { }
            case KernResult.INVALID_ADDRESS, KernResult.FAILURE ->
                context.counters().count(VmCounter.INVALID_ADDRESSES);
            case KernResult.RESOURCE_SHORTAGE -> context.counters().count(VmCounter.MEMORY_SHORTAGES);
            default -> context.counters().count(VmCounter.PROTECTION_FAILURES);
        }
    }
}
