// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.sched.lock.Mutex;
import kernel.vm.page.PageList;
import kernel.vm.page.PageOwner;
import kernel.vm.page.PagePool;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A piece of memory that maps can map: anonymous memory, a shadow in front of another object, or a file.
 *
 * <p>Reads fall through to the backing object where this one has no page; writes stay here. All changes are made by
 * {@link VmObjects} and its helpers on the engine thread. The object lock is taken around a fault; everything else
 * happens between two lock operations and so is atomic in the simulated order.
 *
 * <p>Models {@code struct vm_object} of FreeBSD {@code sys/vm/vm_object.h}, early 2006.
 */
@ProviderType
public final class VmObject implements PageOwner {
    private final PageList pages = new PageList();
    final Mutex lock;

    int id;
    ObjectType type;
    Pager pager;
    long sizePages;
    int refCount;

    VmObject backing;
    long backingOffset;
    int shadowCount;
    VmObject firstShadow;
    VmObject nextShadow;
    VmObject previousShadow;

    int swapBlocks;
    SwapRecord firstSwap;

    boolean oneMapping;
    boolean dead;
    boolean mightBeDirty;

    private long color;
    private boolean colored;

    VmObject nextLive;
    VmObject previousLive;

    VmObject(Mutex lock) {
        this.lock = lock;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public PageList pages() {
        return pages;
    }

    /** Anonymous memory that a fault has placed. */
    @Override
    public long reservablePages() {
        return colored && anonymous() ? sizePages : 0;
    }

    @Override
    public long color() {
        return color;
    }

    /**
     * Notes where a page is mapped, if nothing is known yet ({@code vm_object_color}).
     *
     * @param address of the page at {@code index}
     */
    public void placedAt(long address, long index) {
        if (!colored) {
            colored = true;
            color = (address >>> PagePool.PAGE_SHIFT) - index;
        }
    }

    /** Where its pages come from and go to. */
    public ObjectType type() {
        return type;
    }

    /** Whether this is anonymous memory, which has no name and goes with its last user. */
    public boolean anonymous() {
        return pager == null;
    }

    /** Whether its pages go to the swap device. */
    public boolean swapBacked() {
        return type == ObjectType.DEFAULT || type == ObjectType.SWAP;
    }

    /** How many of its pages have a block on the swap device. */
    public int swapBlocks() {
        return swapBlocks;
    }

    /** The first page-out: from now on its pages may be on the swap device. */
    void becomeSwap() {
        type = ObjectType.SWAP;
    }

    /** What gives the object its pages, or null for anonymous memory. */
    public Pager pager() {
        return pager;
    }

    /** Its size; a fault at or above it fails. */
    public long sizePages() {
        return sizePages;
    }

    /** How many map entries, shadows and holders refer to it. */
    public int refCount() {
        return refCount;
    }

    /** The object that reads fall through to, or null. */
    public VmObject backing() {
        return backing;
    }

    /** Where this object starts inside {@link #backing()}. */
    public long backingOffsetBytes() {
        return backingOffset;
    }

    /** The page index in {@link #backing()} that stands behind an index of this object. */
    public long backingIndex(long index) {
        return index + (backingOffset >> PagePool.PAGE_SHIFT);
    }

    /** How many objects have this one as backing. */
    public int shadowCount() {
        return shadowCount;
    }

    /** Whether each page is mapped by at most one map entry; only true of anonymous memory. */
    public boolean oneMapping() {
        return oneMapping;
    }

    /** Takes the licence of {@link #oneMapping()} away: a second entry may map the same pages. */
    public void clearOneMapping() {
        oneMapping = false;
    }

    /** Whether the object was terminated. */
    public boolean dead() {
        return dead;
    }

    /** Whether some page of a file may have been written through a mapping since the last complete clean. */
    public boolean mightBeDirty() {
        return mightBeDirty;
    }

    /** Says that a writable mapping of a file page is about to exist. */
    public void setMightBeDirty() {
        mightBeDirty = true;
    }

    /** The object lock; ordered after the map lock, and a shadow's before its backing object's. */
    public Mutex lock() {
        return lock;
    }

    /** The object that was made next, for listings; see {@link VmObjects#first()}. */
    public VmObject nextLive() {
        return nextLive;
    }

    /** How many objects stand behind this one. */
    public int chainLength() {
        int length = 0;
        for (VmObject object = backing; object != null; object = object.backing) {
            length++;
        }
        return length;
    }

    @Override
    public String toString() {
        return "object " + id;
    }
}
