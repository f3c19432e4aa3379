// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import java.util.Objects;
import kernel.vm.object.VmContext;
import kernel.vm.page.VmCounter;
import kernel.vm.pmap.Pmap;
import machine.core.slot.SlotGuard;
import org.osgi.annotation.versioning.ProviderType;

/** The address spaces of one kernel, in the order they were made. */
@ProviderType
public final class VmSpaces {
    private final VmContext context;
    private final MapWire.PageWirer wirer;
    private VmLimits limits;
    private MapIndexKind index = MapIndexKind.chunks();
    private final SlotGuard guard;
    private VmSpace first;
    private VmSpace last;
    private int count;
    private int lastId;

    /** No spaces yet; {@code wirer} brings pages in when a range is locked. */
    public VmSpaces(VmContext context, MapWire.PageWirer wirer) {
        this.wirer = Objects.requireNonNull(wirer, "wirer");
        this.context = Objects.requireNonNull(context, "context");
        guard = new SlotGuard(context.engine(), "mapindex", "map index", "kernel.lwp.core",
                (callback, a, b) -> "0x" + Long.toHexString(a) + " 0x" + Long.toHexString(b), new IndexSuccession(this));
    }

    /** The guard of the slot {@code mapindex}. */
    public SlotGuard guard() {
        return guard;
    }

    MapWire.PageWirer wirer() {
        return wirer;
    }

    /** The user addresses of the machine that is plugged in. */
    public VmLimits limits() {
        return limits;
    }

    /** Replaces the limits of spaces made from now on. */
    public void limits(VmLimits next) {
        limits = Objects.requireNonNull(next, "limits");
    }

    /** The structure in which maps find their entries. */
    public MapIndexKind index() {
        return index;
    }

    /**
     * Replaces the structure in every map, at a safe point.
     *
     * @return how many entries were moved
     * @throws RuntimeException if one does not find an entry, or fails; call again with the old one then
     */
    public int index(MapIndexKind kind) {
        int moved = 0;
        for (VmSpace space = first; space != null; space = space.next) {
            space.map().rebuild(kind);
            moved += space.map().entries();
        }
        index = kind;
        return moved;
    }

    /** An empty space with one reference, or null when memory is short. */
    public VmSpace create() {
        Pmap pmap = context.pmap().create();
        if (pmap == null) {
            return null;
        }
        VmSpace space = new VmSpace(this, ++lastId, new VmMap(context, limits, pmap, this));
        space.previous = last;
        if (last == null) {
            first = space;
        } else {
            last.next = space;
        }
        last = space;
        count++;
        return space;
    }

    /**
     * A copy of a space for a child, as the inheritance of each entry says.
     *
     * @return null when memory is short; the parent is as before, apart from pages it now copies on write
     */
    public VmSpace fork(VmSpace parent) {
        VmSpace child = create();
        if (child == null) {
            return null;
        }
        child.copyLayout(parent);
        parent.map().lock();
        boolean copied = new MapFork(parent.map(), child.map()).copy();
        parent.map().unlock();
        if (!copied) {
            child.free();
            return null;
        }
        context.counters().count(VmCounter.FORKS);
        return child;
    }

    /** The oldest space, or null; go on with {@link VmSpace#next()}. */
    public VmSpace first() {
        return first;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Gives a space other translations and limits: for a machine swap, at a safe point. The old ones stay with the caller. */
    public void replacePmap(VmSpace space, Pmap pmap, VmLimits newLimits) {
        space.replace(pmap, newLimits);
    }

    void forget(VmSpace space) {
        if (space.previous == null) {
            first = space.next;
        } else {
            space.previous.next = space.next;
        }
        if (space.next == null) {
            last = space.previous;
        } else {
            space.next.previous = space.previous;
        }
        count--;
    }
}
