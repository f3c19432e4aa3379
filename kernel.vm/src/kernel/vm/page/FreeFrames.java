// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/** The free frames, and which of them lie in blocks that are reserved for superpages. */
final class FreeFrames {
    private final VmPage[] pages;
    private final PageQueue queue = new PageQueue("free");
    private final Reservations reservations;

    /** All frames but the first are free. */
    FreeFrames(VmPage[] pages) {
        this.pages = pages;
        for (int frame = 1; frame < pages.length; frame++) {
            queue.addLast(pages[frame]);
        }
        reservations = new Reservations(pages, queue);
    }

    PageQueue queue() {
        return queue;
    }

    int size() {
        return queue.size();
    }

    Reservations reservations() {
        return reservations;
    }

    /** Takes the frame that is best for a page of an owner; there is a free one. */
    VmPage take(PageOwner owner, long pageIndex) {
        VmPage reserved = reservations.page(owner, pageIndex);
        VmPage page = reserved != null ? reserved : queue.first();
        if (reserved == null) {
            reservations.breakAround(page);
        }
        unlink(page);
        return page;
    }

    /** Takes a certain free frame. */
    void take(VmPage page) {
        reservations.breakAround(page);
        unlink(page);
    }

    private void unlink(VmPage page) {
        queue.remove(page);
        reservations.taken(page);
    }

    /** A frame is free again: the next to be taken while it is warm in the host's caches, unless it is reserved. */
    void give(VmPage page) {
        if (reservations.holds(page)) {
            queue.addLast(page);
        } else {
            queue.addFirst(page);
        }
        reservations.given(page);
    }

    /** The first of {@code count} free frames in a row, aligned to their count, or -1. */
    int alignedRun(int count) {
        for (int frame = count; frame + count <= pages.length; frame += count) {
            if (allFree(frame, count)) {
                return frame;
            }
        }
        return -1;
    }

    private boolean allFree(int first, int count) {
        for (int i = 0; i < count; i++) {
            if (pages[first + i].queue != queue) {
                return false;
            }
        }
        return true;
    }
}
