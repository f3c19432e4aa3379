// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes shadow objects and keeps their chains short.
 *
 * <p>Models {@code vm_object_shadow}, {@code vm_object_split} and {@code vm_object_collapse} of FreeBSD
 * {@code sys/vm/vm_object.c}, early 2006. Pages in transit move along with their objects, so paging in progress stops
 * nothing and the opportunistic {@code qcollapse} is not needed.
 */
@ProviderType
public final class ShadowChains {
    private final VmContext context;
    private final VmObjects objects;

    ShadowChains(VmContext context, VmObjects objects) {
        this.context = context;
        this.objects = objects;
    }

    /**
     * Puts a new shadow in front of an object.
     *
     * <p>The caller's reference to {@code source} moves to the shadow. If the caller is its only user and it is
     * anonymous, it is used as it is.
     *
     * @param source the object to copy from on write
     * @param offsetBytes where the shadow starts inside it
     * @param sizePages the size of the shadow
     * @return the shadow (the entry's offset becomes 0), or {@code source} itself (the offset stays)
     */
    public VmObject shadow(VmObject source, long offsetBytes, long sizePages) {
        if (source.refCount == 1 && source.anonymous()) {
            return source;
        }
        VmObject shadow = objects.anonymous(sizePages);
        linkShadow(shadow, source, offsetBytes);
        source.oneMapping = false;
        context.counters().count(VmCounter.SHADOWS);
        return shadow;
    }

    private void linkShadow(VmObject shadow, VmObject backing, long offsetBytes) {
        shadow.backing = backing;
        shadow.backingOffset = offsetBytes;
        shadow.previousShadow = null;
        shadow.nextShadow = backing.firstShadow;
        if (backing.firstShadow != null) {
            backing.firstShadow.previousShadow = shadow;
        }
        backing.firstShadow = shadow;
        backing.shadowCount++;
    }

    /** Takes a shadow off its backing object; the reference stays with the caller. */
    void unlinkShadow(VmObject shadow) {
        VmObject backing = shadow.backing;
        if (shadow.previousShadow == null) {
            backing.firstShadow = shadow.nextShadow;
        } else {
            shadow.previousShadow.nextShadow = shadow.nextShadow;
        }
        if (shadow.nextShadow != null) {
            shadow.nextShadow.previousShadow = shadow.previousShadow;
        }
        shadow.previousShadow = null;
        shadow.nextShadow = null;
        shadow.backing = null;
        shadow.backingOffset = 0;
        backing.shadowCount--;
    }

    /**
     * Moves the pages of one entry's range out of an object that other entries use too.
     *
     * @return the new object with the range at its start (the caller's reference to {@code source} was dropped), or
     *     {@code source} itself if the caller is its only user
     */
    public VmObject split(VmObject source, long offsetBytes, long sizePages) {
        if (source.refCount <= 1) {
            return source;
        }
        VmObject part = objects.anonymous(sizePages);
        if (source.backing != null) {
            objects.reference(source.backing);
            linkShadow(part, source.backing, source.backingOffset + offsetBytes);
            source.backing.oneMapping = false;
        }
        movePages(source, offsetBytes >> PagePool.PAGE_SHIFT, sizePages, part);
        objects.deallocate(source);
        return part;
    }

    private void movePages(VmObject source, long firstIndex, long count, VmObject target) {
        PagePool pool = context.pages();
        VmPage page = source.pages().first();
        while (page != null) {
            VmPage next = page.nextOfOwner();
            long index = page.index() - firstIndex;
            if (index >= 0 && index < count) {
                takeOver(page, target, index);
            }
            page = next;
        }
        objects.swap().move(source, firstIndex, count, target, index -> filled(target, index));
    }

    private boolean filled(VmObject object, long index) {
        VmPage page = context.pages().find(object, index);
        return page != null && page.valid() != 0;
    }

    /** Moves a page to another object. It counts as modified and its swap block is worthless, unless it is just read. */
    public void takeOver(VmPage page, VmObject target, long index) {
        if (page.valid() == 0) {
            context.pages().rename(page, target, index);
            page.dirty(0);
        } else {
            objects.swap().free((VmObject) page.owner(), page.index());
            context.pages().rename(page, target, index);
        }
    }

    /** Merges backing objects into {@code object}, or skips those it hides, as long as that works. */
    public void collapse(VmObject object) {
        boolean progress = true;
        while (progress) {
            VmObject backing = object.backing;
            if (backing == null || !object.anonymous() || !backing.anonymous() || backing.dead) {
                return;
            }
            progress = backing.refCount == 1 ? merge(object, backing) : bypass(object, backing);
        }
    }

    /** Takes over every page that {@code object} does not have itself, then the backing object's own backing. */
    private boolean merge(VmObject object, VmObject backing) {
        PagePool pool = context.pages();
        VmPage page = backing.pages().first();
        while (page != null) {
            VmPage next = page.nextOfOwner();
            long index = page.index() - (object.backingOffset >> PagePool.PAGE_SHIFT);
            boolean wanted = index >= 0 && index < object.sizePages && pool.find(object, index) == null
                    && objects.swap().find(object, index) < 0;
            if (wanted) {
                takeOver(page, object, index);
            } else {
                objects.ranges().freePage(page);
            }
            page = next;
        }
        objects.swap().move(backing, object.backingOffset >> PagePool.PAGE_SHIFT, object.sizePages, object,
                index -> filled(object, index));
        VmObject below = backing.backing;
        long offset = object.backingOffset + backing.backingOffset;
        unlinkShadow(object);
        if (below != null) {
            unlinkShadow(backing);
            linkShadow(object, below, offset);
        }
        backing.refCount = 0;
        objects.terminate(backing);
        context.counters().count(VmCounter.COLLAPSES);
        return true;
    }

    /** Re-points {@code object} behind a backing object of which it can see nothing. */
    private boolean bypass(VmObject object, VmObject backing) {
        if (!hides(object, backing)) {
            return false;
        }
        VmObject below = backing.backing;
        long offset = object.backingOffset + backing.backingOffset;
        unlinkShadow(object);
        if (below != null) {
            objects.reference(below);
            linkShadow(object, below, offset);
            below.oneMapping = false;
        }
        context.counters().count(VmCounter.BYPASSES);
        objects.deallocate(backing);
        return true;
    }

    private boolean hides(VmObject object, VmObject backing) {
        if (object.pages().size() == object.sizePages) {
            return true;
        }
        if (backing.swapBlocks != 0) {
            return false;
        }
        long shift = object.backingOffset >> PagePool.PAGE_SHIFT;
        for (VmPage page = backing.pages().first(); page != null; page = page.nextOfOwner()) {
            long index = page.index() - shift;
            if (index >= 0 && index < object.sizePages) {
                VmPage own = context.pages().find(object, index);
                if ((own == null || own.valid() == 0) && objects.swap().find(object, index) < 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
