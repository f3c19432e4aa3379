// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.fault;

import kernel.vm.map.EntryFlags;
import kernel.vm.map.MapStack;
import kernel.vm.map.MapWire;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.object.ObjectType;
import kernel.vm.object.Pager;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.pageout.Pageout;
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
 * entry must change), then the first object. Between them nothing interleaves. DEVIATION: whenever it has to wait, for
 * the disk, for a page in transit or for memory, the fault gives up its locks and begins again with the lookup; the
 * original looks at the timestamp of the map first. A page that was read stays busy meanwhile, so each round gets further.
 */
@ProviderType
public final class VmFault implements MapWire.PageWirer {
    private static final EventType FAULT = EventType.of("vm.fault", "address", "access", "result");
    /** How often a fault waits for memory before its process has to do without. */
    private static final int MAX_SHORTAGES = 100;
    /** Begin again. */
    private static final int AGAIN = -1;

    private final VmContext context;
    private final PageSearch search;
    private final Prefault prefault;
    private final Pageout pageout;
    private FaultState spare;

    /** Faults of one kernel, which wait for memory at its page-out. */
    public VmFault(VmContext context, Pageout pageout) {
        this.context = context;
        this.pageout = pageout;
        search = new PageSearch(context);
        prefault = new Prefault(context);
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
        int result = untilDone(state, space, access);
        if (result == KernResult.SUCCESS) {
            space.usage().fault(state.major, space.pmap().residentCount());
        }
        give(state);
        context.engine().events().log(FAULT, address, access, result);
        countFailure(result);
        return result;
    }

    private int untilDone(FaultState state, VmSpace space, int access) {
        int shortages = 0;
        int result = AGAIN;
        while (result == AGAIN) {
            result = attempt(state, space, access);
            shortages += result == KernResult.RESOURCE_SHORTAGE ? 1 : 0;
            result = waitFor(state, result, shortages);
        }
        return result;
    }

    /** Waits for what an attempt lacked; {@link #AGAIN}, or the result that stands. */
    private int waitFor(FaultState state, int result, int shortages) {
        return switch (result) {
            case PageSearch.IN_TRANSIT -> {
                context.counters().count(VmCounter.TRANSIT_WAITS);
                context.transfers().await(state.awaited);
                yield AGAIN;
            }
            case PageSearch.READING -> finishRead(state);
            case KernResult.RESOURCE_SHORTAGE -> awaitFrames(state.map, shortages) ? AGAIN : result;
            default -> result;
        };
    }

    /**
     * Waits until there may be free frames. May block.
     *
     * @param before how often this has been done for the same purpose
     * @return false if it makes no sense to try again
     */
    public boolean awaitFrames(VmMap map, int before) {
        return before < MAX_SHORTAGES && pageout.await(map);
    }

    private int finishRead(FaultState state) {
        context.transfers().await(state.read);
        state.major = true;
        VmPage page = state.read.wanted();
        int result = state.read.result();
        state.read = null;
        if (result == Pager.OK) {
            letGo(state);
            state.held = page;
            return AGAIN;
        }
        search.giveBack(page);
        // What the store has lost meanwhile is not there when the fault begins again.
        return result == Pager.FAIL ? AGAIN : PageSearch.failure(result);
    }

    /** The fault turned out not to need the page that it read. */
    private void letGo(FaultState state) {
        VmPage page = state.held;
        if (page != null) {
            state.held = null;
            context.transfers().land(page);
            if (page.owner() != null) {
                context.pages().activate(page);
            }
        }
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
        if (page == state.held) {
            state.held = null;
        }
        context.transfers().land(page);
        return result;
    }

    private void noteWrite(FaultState state, VmPage page) {
        if ((state.protection & VmProt.WRITE) == 0 || page.unmanaged()) {
            return;
        }
        // Said before the writable mapping exists, so that nobody finds one on a page without the flag.
        page.writeable(true);
        if (state.object.type() == ObjectType.VNODE) {
            state.object.setMightBeDirty();
        }
        if ((state.access & VmProt.WRITE) != 0) {
            boolean quiet = state.entry.has(EntryFlags.NOSYNC);
            page.nosync(quiet && (page.dirty() == 0 || page.nosync()));
            page.markDirty();
            if (state.object.swapBlocks() != 0) {
                context.objects().swap().free(state.object, page.index());
            }
        }
    }

    /**
     * Wires one page of an entry for a user; the map is write-locked and the entry counts as wired already. It stays
     * locked while the disk or the daemon works.
     */
    @Override
    public int wirePage(VmMap map, VmMapEntry entry, long address) {
        FaultState state = take(map, address);
        int shortages = 0;
        int result = AGAIN;
        while (result == AGAIN) {
            result = FaultLookup.lookupForWiring(state, entry);
            result = result == KernResult.SUCCESS ? install(state, true) : result;
            shortages += result == KernResult.RESOURCE_SHORTAGE ? 1 : 0;
            result = waitFor(state, result, shortages);
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
        letGo(state);
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
            case KernResult.IO_ERROR -> context.counters().count(VmCounter.PAGER_ERRORS);
            default -> context.counters().count(VmCounter.PROTECTION_FAILURES);
        }
    }
}
