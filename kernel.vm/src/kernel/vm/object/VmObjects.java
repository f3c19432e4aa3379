// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.sched.lock.Mutex;
import kernel.vm.disk.SwapSpace;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes, counts and ends the memory objects of one kernel.
 *
 * <p>Every method runs on the engine thread without interleaving. Ended objects are used again, so that mapping
 * and unmapping a page does not allocate. Models {@code sys/vm/vm_object.c} of FreeBSD, early 2006.
 */
@ProviderType
public final class VmObjects {
    private final VmContext context;
    private final ObjectPages objectPages;
    private final ShadowChains chains;
    private final SwapBlocks swap;
    private final SwapPager swapPager;
    private VmObject firstLive;
    private VmObject lastLive;
    private VmObject spare;
    private int live;
    private int lastId;

    VmObjects(VmContext context, SwapSpace space) {
        this.context = context;
        swap = new SwapBlocks(space);
        swapPager = new SwapPager(context, swap);
        objectPages = new ObjectPages(context);
        chains = new ShadowChains(context, this);
    }

    /** Works on ranges of pages. */
    public ObjectPages ranges() {
        return objectPages;
    }

    /** Builds and shortens shadow chains. */
    public ShadowChains chains() {
        return chains;
    }

    /** Where anonymous pages are on the swap device. */
    public SwapBlocks swap() {
        return swap;
    }

    /** What pages of an object are read from; null for anonymous memory that was never paged out. */
    public Pager store(VmObject object) {
        return object.pager == null && object.type == ObjectType.SWAP ? swapPager : object.pager;
    }

    /** What modified pages of an object are written to. */
    public Pager storeForWriting(VmObject object) {
        return object.anonymous() ? swapPager : object.pager;
    }

    /** The oldest object, or null; go on with {@link VmObject#nextLive()}. */
    public VmObject first() {
        return firstLive;
    }

    /** How many objects there are. */
    public int live() {
        return live;
    }

    /** A new anonymous object with one reference. */
    public VmObject anonymous(long sizePages) {
        VmObject object = fresh(ObjectType.DEFAULT, sizePages);
        object.oneMapping = true;
        object.refCount = 1;
        return object;
    }

    /** The pager of anonymous memory, for other pagers that keep pages on the swap device. */
    public Pager swapPager() {
        return swapPager;
    }

    /** A new object with a pager and no reference yet: mappings add theirs, and the pager hears of the last one. */
    public VmObject paged(ObjectType type, Pager pager, long sizePages) {
        VmObject object = fresh(type, sizePages);
        object.pager = pager;
        return object;
    }

    private VmObject fresh(ObjectType type, long sizePages) {
        VmObject object = spare;
        if (object == null) {
            object = new VmObject(new Mutex(context.sleep(), "vmobject"));
        } else {
            spare = object.nextLive;
            object.nextLive = null;
        }
        object.id = ++lastId;
        object.type = type;
        object.sizePages = sizePages;
        object.refCount = 0;
        object.dead = false;
        object.oneMapping = false;
        object.mightBeDirty = false;
        linkLive(object);
        return object;
    }

    private void linkLive(VmObject object) {
        object.previousLive = lastLive;
        if (lastLive == null) {
            firstLive = object;
        } else {
            lastLive.nextLive = object;
        }
        lastLive = object;
        live++;
    }

    private void unlinkLive(VmObject object) {
        if (object.previousLive == null) {
            firstLive = object.nextLive;
        } else {
            object.previousLive.nextLive = object.nextLive;
        }
        if (object.nextLive == null) {
            lastLive = object.previousLive;
        } else {
            object.nextLive.previousLive = object.previousLive;
        }
        object.nextLive = null;
        object.previousLive = null;
        live--;
    }

    /** Adds a reference; null is ignored. */
    public void reference(VmObject object) {
        if (object == null) {
            return;
        }
        if (object.refCount++ == 0 && object.pager != null) {
            object.pager.mapped(object);
        }
    }

    /**
     * Drops a reference; null is ignored.
     *
     * <p>The last one ends anonymous memory, and so on down the chain. When one shadow is the only user left, the
     * object is merged into it.
     */
    public void deallocate(VmObject object) {
        VmObject current = object;
        while (current != null) {
            if (current.refCount <= 0) {
                throw new KernelPanic("vm_object_deallocate: " + current + " has no reference");
            }
            current.refCount--;
            if (current.refCount > 0) {
                if (current.refCount == 1 && current.anonymous()) {
                    // May merge the object into its only shadow: it is gone afterwards.
                    singleUserLeft(current);
                }
                return;
            }
            current = lastReferenceGone(current);
        }
    }

    private void singleUserLeft(VmObject object) {
        if (object.shadowCount == 0) {
            object.oneMapping = true;
        } else if (object.shadowCount == 1 && object.firstShadow.anonymous()) {
            chains.collapse(object.firstShadow);
        }
    }

    private VmObject lastReferenceGone(VmObject object) {
        if (!object.anonymous()) {
            object.pager.unmapped(object);
            return null;
        }
        VmObject backing = object.backing;
        if (backing != null) {
            chains.unlinkShadow(object);
        }
        terminate(object);
        return backing;
    }

    /**
     * Ends an object that nobody refers to: frees its pages and forgets it.
     *
     * <p>The pager of a file calls it when the file goes; dirty pages must have been written before.
     */
    public void terminate(VmObject object) {
        if (object.refCount != 0 || object.shadowCount != 0) {
            throw new KernelPanic("vm_object_terminate: " + object + " is still in use");
        }
        object.dead = true;
        objectPages.freeAll(object);
        swap.freeRange(object, 0, Long.MAX_VALUE);
        object.pager = null;
        release(object);
    }

    /** Forgets an object whose pages and references are gone. */
    void release(VmObject object) {
        unlinkLive(object);
        object.nextLive = spare;
        spare = object;
    }

    /**
     * Lets an object that ends where a new anonymous range would continue it grow, so that both share one entry.
     *
     * @param previous the object before the new range; null always may grow
     * @param offsetBytes where its entry starts inside it
     * @param previousBytes the size of that entry
     * @param nextBytes how much to add
     * @return whether it grew (its pages behind the old end are dropped)
     */
    public boolean coalesce(VmObject previous, long offsetBytes, long previousBytes, long nextBytes) {
        if (previous == null) {
            return true;
        }
        if (!previous.anonymous()) {
            return false;
        }
        chains.collapse(previous);
        long nextIndex = offsetBytes + previousBytes >> PagePool.PAGE_SHIFT;
        if (previous.backing != null || previous.refCount > 1 && nextIndex != previous.sizePages) {
            return false;
        }
        long nextPages = nextBytes >> PagePool.PAGE_SHIFT;
        if (nextIndex < previous.sizePages) {
            objectPages.remove(previous, nextIndex, nextIndex + nextPages, false);
        }
        previous.sizePages = Math.max(previous.sizePages, nextIndex + nextPages);
        return true;
    }

    /** Sets the size of a file's object; the caller deals with pages behind a smaller end. */
    public void resize(VmObject object, long sizePages) {
        object.sizePages = sizePages;
    }

    /**
     * The page of an object at an index, wherever in the chain it is; null if it is not in memory. What is on the swap
     * device hides what stands behind it.
     */
    public VmPage findInChain(VmObject object, long index) {
        VmObject current = object;
        long at = index;
        while (current != null) {
            VmPage page = context.pages().find(current, at);
            if (page != null || swap.find(current, at) >= 0) {
                return page;
            }
            at = current.backingIndex(at);
            current = current.backing;
        }
        return null;
    }

    /**
     * How many pages of a range are in memory, wherever in the chain they are; for listings.
     *
     * @param first the first index in {@code top}
     * @param count how many indexes
     */
    public int residentPages(VmObject top, long first, long count) {
        int resident = 0;
        long shift = 0;
        for (VmObject object = top; object != null; object = object.backing) {
            for (VmPage page = object.pages().first(); page != null; page = page.nextOfOwner()) {
                long index = page.index() - shift;
                if (index >= first && index < first + count && findInChain(top, index) == page) {
                    resident++;
                }
            }
            shift += object.backingOffset >> PagePool.PAGE_SHIFT;
        }
        return resident;
    }

    /** Fills a page with zeros and counts it. */
    public void zeroFill(VmPage page) {
        context.pmap().zeroPage(page);
        page.valid(VmPage.ALL);
        context.counters().count(VmCounter.ZERO_FILLS);
    }
}
