// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One range of an address map with one object, one protection and one inheritance.
 *
 * <p>Covered by the map lock. Models {@code struct vm_map_entry} of FreeBSD {@code sys/vm/vm_map.h} 1.118.
 */
@ProviderType
public final class VmMapEntry extends EntryPlace {
    /** For the shipped trees: kin, the free space behind the entry, and the widest of its subtree; only an index that is a tree uses them. */
    VmMapEntry left;
    VmMapEntry right;
    VmMapEntry parent;
    boolean red;
    long gap;
    long widestGap;

    VmObject object;
    long offset;
    int flags;
    int protection;
    int maxProtection;
    int inheritance;
    int wiredCount;
    /** How many bytes a stack entry may still grow. */
    long growBytes;
    /** The page index of the last fault, for read-ahead. */
    long lastFaultIndex;

    VmMapEntry() {}

    /** First address. */
    public long start() {
        return start;
    }

    /** The address behind the last. */
    public long end() {
        return end;
    }

    /** The object behind it, or null as long as nothing was touched. */
    public VmObject object() {
        return object;
    }

    /** Replaces the object and the offset of {@link #start()} inside it; references are the caller's business. */
    public void object(VmObject next, long offsetBytes) {
        object = next;
        offset = offsetBytes;
    }

    /** Where {@link #start()} is inside the object. */
    public long offsetBytes() {
        return offset;
    }

    /** What the map's index keeps with this entry, or null; only the index uses it. */
    public Object indexNode() {
        return indexNode;
    }

    /** Lets the map's index keep something with this entry. */
    public void indexNode(Object node) {
        indexNode = node;
    }

    /** {@link EntryFlags}. */
    public int flags() {
        return flags;
    }

    /** Whether one of the flags is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    void set(int flag) {
        flags |= flag;
    }

    void clear(int flag) {
        flags &= ~flag;
    }

    /** What its addresses may be used for now: bits of {@code VmProt}. */
    public int protection() {
        return protection;
    }

    /** The most that may be asked for: bits of {@code VmProt}. */
    public int maxProtection() {
        return maxProtection;
    }

    /** {@link VmInherit}. */
    public int inheritance() {
        return inheritance;
    }

    /** How often the entry is wired; a user's own wiring counts once. */
    public int wiredCount() {
        return wiredCount;
    }

    /** How many bytes a growing entry may still grow; of a gap below a stack, how many at its start are never used. */
    public long growBytes() {
        return growBytes;
    }

    /** What a stack gets when it grows into this gap. A gap has no object, so its offset holds both, as later systems do. */
    void stackProtections(int stackProtection, int stackMaxProtection) {
        offset = stackProtection | (long) stackMaxProtection << Integer.SIZE;
    }

    int stackProtection() {
        return (int) offset;
    }

    int stackMaxProtection() {
        return (int) (offset >> Integer.SIZE);
    }

    /** The index behind the last page that a fault read, to tell who reads one page after the other ({@code lastr}). */
    public long lastFaultIndex() {
        return lastFaultIndex;
    }

    /** Sets {@link #lastFaultIndex()}; the fault code does, without owning the map. */
    public void lastFaultIndex(long index) {
        lastFaultIndex = index;
    }

    /** The next entry in order of address, or null. */
    public VmMapEntry next() {
        return next;
    }

    /** The entry before, or null. */
    public VmMapEntry previous() {
        return previous;
    }

    /** How many bytes it covers; whole pages. */
    public long sizeBytes() {
        return end - start;
    }

    /** How many pages it covers. */
    public long sizePages() {
        return end - start >> PagePool.PAGE_SHIFT;
    }

    /** Whether the address is inside. */
    public boolean contains(long address) {
        return address >= start && address < end;
    }

    /** The page index inside the object that an address of this entry stands for. */
    public long indexOf(long address) {
        return address - start + offset >> PagePool.PAGE_SHIFT;
    }

    void copyFrom(VmMapEntry other) {
        start = other.start;
        end = other.end;
        object = other.object;
        offset = other.offset;
        flags = other.flags;
        protection = other.protection;
        maxProtection = other.maxProtection;
        inheritance = other.inheritance;
        wiredCount = other.wiredCount;
        growBytes = other.growBytes;
        lastFaultIndex = other.lastFaultIndex;
    }

    @Override
    public String toString() {
        return "entry 0x" + Long.toHexString(start) + "-0x" + Long.toHexString(end);
    }
}
