// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/**
 * Finds a resident page by owner and index: one hash table for the whole kernel, chained through the pages.
 *
 * <p>DEVIATION from the splay tree per object of FreeBSD {@code sys/vm/vm_page.c} (2006): a lookup costs the same
 * and neither the table nor an insertion allocates.
 */
final class PageIndex {
    private final VmPage[] buckets;
    private final int mask;

    PageIndex(int pages) {
        int size = Integer.highestOneBit(Math.max(16, pages)) << 1;
        buckets = new VmPage[size];
        mask = size - 1;
    }

    private int bucket(PageOwner owner, long index) {
        int hash = owner.id() * 0x9E3779B1 + (int) (index ^ index >>> 32);
        return (hash ^ hash >>> 15) & mask;
    }

    VmPage find(PageOwner owner, long index) {
        VmPage page = buckets[bucket(owner, index)];
        while (page != null && (page.index != index || page.owner != owner)) {
            page = page.hashNext;
        }
        return page;
    }

    void insert(VmPage page) {
        int at = bucket(page.owner, page.index);
        page.hashNext = buckets[at];
        buckets[at] = page;
    }

    void remove(VmPage page) {
        int at = bucket(page.owner, page.index);
        VmPage previous = null;
        VmPage current = buckets[at];
        while (current != page) {
            previous = current;
            current = current.hashNext;
        }
        if (previous == null) {
            buckets[at] = page.hashNext;
        } else {
            previous.hashNext = page.hashNext;
        }
        page.hashNext = null;
    }
}
