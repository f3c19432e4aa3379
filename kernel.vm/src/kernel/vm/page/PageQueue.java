// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A queue of pages, linked through the pages themselves.
 *
 * <p>A page is on at most one queue. Oldest pages are at the head. The queues of free and of cached pages belong to
 * {@link PagePool}, all others to the active pageout policy; nobody else changes them. Models {@code struct vpgqueues} of FreeBSD
 * {@code sys/vm/vm_page.h}, early 2006.
 */
@ProviderType
public final class PageQueue {
    private final String name;
    private VmPage head;
    private VmPage tail;
    private int size;

    /** An empty queue. */
    public PageQueue(String name) {
        this.name = name;
    }

    /** The name that listings show. */
    public String name() {
        return name;
    }

    /** How many pages are queued. */
    public int size() {
        return size;
    }

    /** The oldest page, or null. */
    public VmPage first() {
        return head;
    }

    /** The page queued behind the given one, or null; {@code page} must be on this queue. */
    public VmPage next(VmPage page) {
        return page.queueNext;
    }

    /** Queues a page that is on no queue behind all others. */
    public void addLast(VmPage page) {
        link(page, tail, null);
    }

    /** Queues a page that is on no queue in front of all others. */
    public void addFirst(VmPage page) {
        link(page, null, head);
    }

    private void link(VmPage page, VmPage before, VmPage after) {
        page.queue = this;
        page.queuePrevious = before;
        page.queueNext = after;
        if (before == null) {
            head = page;
        } else {
            before.queueNext = page;
        }
        if (after == null) {
            tail = page;
        } else {
            after.queuePrevious = page;
        }
        size++;
    }

    /** Takes a page off this queue. */
    public void remove(VmPage page) {
        VmPage before = page.queuePrevious;
        VmPage after = page.queueNext;
        if (before == null) {
            head = after;
        } else {
            before.queueNext = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.queuePrevious = before;
        }
        page.queue = null;
        page.queueNext = null;
        page.queuePrevious = null;
        size--;
    }
}
