// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.Arrays;
import kernel.vm.page.VmPage;
import machine.core.engine.KernelPanic;

/**
 * The mappings of every managed page: circular lists of (pmap, address) pairs, anchored in the page.
 *
 * <p>Entries are indices into arrays; 0 is none. New entries go to the tail, as in FreeBSD's pmap_enter.
 *
 * <p>DEVIATION: the entries do not take simulated memory and never run out, so no mapping is dropped to get one.
 */
final class PvLists {
    private int[] next = new int[256];
    private int[] previous = new int[256];
    private int[] pmap = new int[256];
    private long[] address = new long[256];
    private int unused;
    private int firstFree;
    private int live;

    PvLists() {
        unused = 1;
    }

    int live() {
        return live;
    }

    /** The entry behind {@code entry}; the head again after the tail. */
    int next(int entry) {
        return next[entry];
    }

    int pmap(int entry) {
        return pmap[entry];
    }

    long address(int entry) {
        return address[entry];
    }

    void insert(VmPage page, int owner, long va) {
        int entry = take();
        pmap[entry] = owner;
        address[entry] = va;
        int head = page.pvHead();
        if (head == 0) {
            next[entry] = entry;
            previous[entry] = entry;
            page.pvHead(entry);
        } else {
            int tail = previous[head];
            next[entry] = head;
            previous[entry] = tail;
            next[tail] = entry;
            previous[head] = entry;
        }
        page.pvCount(page.pvCount() + 1);
        live++;
    }

    /** Removes the entry of one mapping; searches from the youngest, which is the likely one. */
    void remove(VmPage page, int owner, long va) {
        int head = page.pvHead();
        int entry = head == 0 ? 0 : previous[head];
        while (entry != 0 && (pmap[entry] != owner || address[entry] != va)) {
            entry = entry == head ? 0 : previous[entry];
        }
        if (entry == 0) {
            throw new KernelPanic("every managed mapping has a pv entry: none for " + page + " at 0x"
                    + Long.toHexString(va));
        }
        unlink(page, entry);
    }

    /** Makes the second entry the head, so that the next scan begins there. */
    void rotate(VmPage page) {
        page.pvHead(next[page.pvHead()]);
    }

    private void unlink(VmPage page, int entry) {
        int after = next[entry];
        if (after == entry) {
            page.pvHead(0);
        } else {
            next[previous[entry]] = after;
            previous[after] = previous[entry];
            if (page.pvHead() == entry) {
                page.pvHead(after);
            }
        }
        next[entry] = firstFree;
        firstFree = entry;
        page.pvCount(page.pvCount() - 1);
        live--;
    }

    private int take() {
        if (firstFree != 0) {
            int entry = firstFree;
            firstFree = next[entry];
            return entry;
        }
        if (unused == next.length) {
            grow(unused + (unused >>> 1));
        }
        return unused++;
    }

    private void grow(int capacity) {
        next = Arrays.copyOf(next, capacity);
        previous = Arrays.copyOf(previous, capacity);
        pmap = Arrays.copyOf(pmap, capacity);
        address = Arrays.copyOf(address, capacity);
    }
}
