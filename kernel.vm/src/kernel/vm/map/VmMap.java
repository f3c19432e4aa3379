// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import java.util.Objects;
import kernel.sched.lock.RwLock;
import kernel.sched.task.Task;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.pmap.Pmap;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The entries of one address space, in order of address.
 *
 * <p>Readers hold the lock for reading, whoever changes an entry holds it for writing. Lock order: vnode, map,
 * object. The operations on ranges are in the {@code Map...} classes of this package; results are
 * {@link kernel.vm.pmap.KernResult} codes. Models {@code struct vm_map} of FreeBSD {@code sys/vm/vm_map.c} 1.373.
 * DEVIATION: read locks are shared, and nothing sleeps with an entry in transition, because wiring happens under
 * the write lock.
 */
@ProviderType
public final class VmMap {
    private final VmContext context;
    private VmLimits limits;
    private final RwLock lock;
    private final IndexPort index;
    private Pmap pmap;
    private VmMapEntry first;
    private VmMapEntry hint;
    private VmMapEntry spare;
    private int entries;
    private long sizeBytes;
    private int timestamp;
    private long clusterEnd;
    private boolean doomed;

    VmMap(VmContext context, VmLimits limits, Pmap pmap, VmSpaces spaces) {
        this.context = Objects.requireNonNull(context, "context");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.pmap = Objects.requireNonNull(pmap, "pmap");
        lock = new RwLock(context.sleep(), "vmmap");
        index = new IndexPort(this, spaces);
    }

    /** The memory layer it is part of. */
    public VmContext context() {
        return context;
    }

    /** The user addresses it may have entries at. */
    public VmLimits limits() {
        return limits;
    }

    /** The translations of this map. */
    public Pmap pmap() {
        return pmap;
    }

    void replace(Pmap next, VmLimits nextLimits) {
        pmap = next;
        limits = nextLimits;
        index.limit(nextLimits.maxAddress());
    }

    /** Finds entries in another way from now on: for a swap, at a safe point. The list of entries stays. */
    void rebuild(MapIndexKind kind) {
        index.rebuild(kind);
    }

    /** Whether its processes are being killed because memory ran out: none of their LWPs waits for memory any more. */
    public boolean doomed() {
        return doomed;
    }

    /** Says that its processes are being killed because memory ran out. */
    public void doom() {
        doomed = true;
    }

    /** Takes the write lock; may block. Whoever looked at the map before must look again. */
    public void lock() {
        lock.enterWrite();
        timestamp++;
    }

    /** Takes the write lock if that takes no waiting. */
    public boolean tryLock() {
        boolean taken = lock.tryEnterWrite();
        timestamp += taken ? 1 : 0;
        return taken;
    }

    /** Gives up the write lock, which the caller holds. */
    public void unlock() {
        lock.exit();
    }

    /** Takes the read lock; may block. */
    public void lockRead() {
        lock.enterRead();
    }

    /** Gives up a read lock, which the caller holds. */
    public void unlockRead() {
        lock.exit();
    }

    /** Gives up whichever lock is held. */
    public void unlockAny() {
        lock.exit();
    }

    /** Whether a task holds the write lock. */
    public boolean lockedBy(Task task) {
        return lock.owner() == task;
    }

    /** Changes with every write lock; equal values mean that nothing changed in between. */
    public int timestamp() {
        return timestamp;
    }

    /** How many entries there are. */
    public int entries() {
        return entries;
    }

    /** How many bytes are mapped. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** The lowest entry, or null. */
    public VmMapEntry first() {
        return first;
    }

    /** The entry that contains an address, or null. */
    public VmMapEntry lookup(long address) {
        VmMapEntry entry = hint;
        if (entry != null && entry.contains(address)) {
            return entry;
        }
        entry = index.floor(address);
        if (entry == null || address >= entry.end) {
            return null;
        }
        hint = entry;
        return entry;
    }

    /** The last entry that starts at or below an address, or null. */
    VmMapEntry floor(long address) {
        return index.floor(address);
    }

    /** The entry that contains an address, or else the next one above it, or null. */
    VmMapEntry lookupOrNext(long address) {
        VmMapEntry entry = index.floor(address);
        if (entry == null) {
            return first;
        }
        return address < entry.end ? entry : entry.next;
    }

    /** Raises the start of a range to the lowest user address, and not above the highest. */
    long clampStart(long start) {
        return clamp(start);
    }

    /** Lowers the end of a range to the highest user address. */
    long clampEnd(long end) {
        return clamp(end);
    }

    private long clamp(long address) {
        if (Long.compareUnsigned(address, limits.maxAddress()) > 0) {
            return limits.maxAddress();
        }
        return Math.max(address, limits.minAddress());
    }

    /** The lowest free range not below {@code start}, or -1 ({@code vm_map_findspace}); lock held. */
    long findSpace(long start, long length) {
        long from = Math.max(start, limits.minAddress());
        if (length > limits.maxAddress() || from > limits.maxAddress() - length) {
            return -1;
        }
        VmMapEntry before = index.floor(from);
        long candidate = before == null ? from : Math.max(from, before.end);
        VmMapEntry after = before == null ? first : before.next;
        if (candidate + length <= (after == null ? limits.maxAddress() : after.start)) {
            return candidate;
        }
        if (before == null && first.end + length <= (first.next == null ? limits.maxAddress() : first.next.start)) {
            return first.end;
        }
        VmMapEntry gapOwner = index.nextGap(before == null ? first : before, length);
        return gapOwner == null ? -1 : gapOwner.end;
    }

    /** A new entry that is in no list yet. */
    VmMapEntry newEntry() {
        VmMapEntry entry = spare;
        if (entry == null) {
            return new VmMapEntry();
        }
        spare = entry.next;
        entry.next = null;
        return entry;
    }

    /** Puts an entry behind {@code after} (null: first). The size of the map is the caller's business. */
    void link(VmMapEntry after, VmMapEntry entry) {
        VmMapEntry before = after == null ? first : after.next;
        entry.previous = after;
        entry.next = before;
        if (after == null) {
            first = entry;
        } else {
            after.next = entry;
        }
        if (before != null) {
            before.previous = entry;
        }
        entries++;
        entry.owner = this;
        index.insert(entry);
    }

    /** Takes an entry out and forgets it; its object reference is the caller's business. */
    void unlink(VmMapEntry entry) {
        index.remove(entry);
        entry.owner = null;
        if (entry.previous == null) {
            first = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        }
        if (hint == entry) {
            hint = null;
        }
        entries--;
        entry.object = null;
        entry.previous = null;
        entry.next = spare;
        spare = entry;
    }

    /** Where mappings that cluster go on, or 0 before the first one. */
    long clusterEnd() {
        return clusterEnd;
    }

    void clusterEnd(long address) {
        clusterEnd = address;
    }

    void grew(long bytes) {
        sizeBytes += bytes;
    }

    void moveEnd(VmMapEntry entry, long end) {
        entry.end = end;
        index.gapChanged(entry);
    }

    void moveStart(VmMapEntry entry, long start) {
        index.moveStart(entry, start);
        entry.start = start;
    }

    /** Splits an entry so that none crosses {@code at}: the part in front becomes a new entry. */
    void clipStart(VmMapEntry entry, long at) {
        if (at <= entry.start) {
            return;
        }
        simplify(entry);
        if (at <= entry.start) {
            return;
        }
        needObject(entry);
        VmMapEntry front = newEntry();
        front.copyFrom(entry);
        front.end = at;
        entry.offset += entry.has(EntryFlags.GUARD) ? 0 : at - entry.start;
        moveStart(entry, at);
        context.objects().reference(entry.object);
        link(entry.previous, front);
    }

    /** Splits an entry so that none crosses {@code at}: the part behind becomes a new entry. */
    void clipEnd(VmMapEntry entry, long at) {
        if (at >= entry.end) {
            return;
        }
        needObject(entry);
        VmMapEntry tail = newEntry();
        tail.copyFrom(entry);
        tail.start = at;
        tail.offset += entry.has(EntryFlags.GUARD) ? 0 : at - entry.start;
        moveEnd(entry, at);
        context.objects().reference(entry.object);
        link(entry, tail);
    }

    /** How many pages of an entry are in memory, mapped or not; for listings. */
    public int residentPages(VmMapEntry entry) {
        return context.objects().residentPages(entry.object, entry.indexOf(entry.start), entry.sizePages());
    }

    /** Gives an entry its own object if it has none, so that its parts share one; a guard never has one. */
    void needObject(VmMapEntry entry) {
        if (entry.object == null && !entry.has(EntryFlags.GUARD)) {
            entry.object(context.objects().anonymous(entry.sizePages()), 0);
        }
    }

    /** Merges an entry with equal neighbours that continue it. The entry itself stays. */
    void simplify(VmMapEntry entry) {
        VmMapEntry before = entry.previous;
        if (before != null && continues(before, entry)) {
            VmObject object = before.object;
            long start = before.start;
            entry.offset = before.offset;
            unlink(before);
            moveStart(entry, start);
            context.objects().deallocate(object);
        }
        VmMapEntry after = entry.next;
        if (after != null && continues(entry, after)) {
            VmObject object = after.object;
            long end = after.end;
            unlink(after);
            moveEnd(entry, end);
            context.objects().deallocate(object);
        }
    }

    private static boolean continues(VmMapEntry low, VmMapEntry high) {
        return low.end == high.start
                && !low.has(EntryFlags.STACK_GAP)
                && low.object == high.object
                && (low.object == null || low.offset + low.sizeBytes() == high.offset)
                && low.flags == high.flags
                && low.protection == high.protection
                && low.maxProtection == high.maxProtection
                && low.inheritance == high.inheritance
                && low.wiredCount == high.wiredCount;
    }
}
