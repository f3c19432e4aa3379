// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import org.osgi.annotation.versioning.ProviderType;

/** The resident pages of one owner, in order of insertion, linked through the pages. */
@ProviderType
public final class PageList {
    private VmPage head;
    private VmPage tail;
    private int size;

    /** The page inserted first, or null; go on with {@link VmPage#nextOfOwner()}. */
    public VmPage first() {
        return head;
    }

    /** How many pages the owner has in memory. */
    public int size() {
        return size;
    }

    void add(VmPage page) {
        page.ownerPrevious = tail;
        page.ownerNext = null;
        if (tail == null) {
            head = page;
        } else {
            tail.ownerNext = page;
        }
        tail = page;
        size++;
    }

    void remove(VmPage page) {
        if (page.ownerPrevious == null) {
            head = page.ownerNext;
        } else {
            page.ownerPrevious.ownerNext = page.ownerNext;
        }
        if (page.ownerNext == null) {
            tail = page.ownerPrevious;
        } else {
            page.ownerNext.ownerPrevious = page.ownerPrevious;
        }
        page.ownerNext = null;
        page.ownerPrevious = null;
        size--;
    }
}
