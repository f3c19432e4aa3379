// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import java.util.Arrays;

/**
 * Aligned blocks of frames that are set aside for aligned parts of objects, so that superpages become possible.
 *
 * <p>The first page that a part gets reserves a block with a frame for each of its pages. The frames nobody has used yet
 * stay free and stand at the end of the free queue; when there are no others, the oldest reservation is broken. Models
 * {@code sys/vm/vm_reserv.c} of FreeBSD 7.2. DEVIATION: only a part that lies wholly in its object gets a reservation.
 */
final class Reservations {
    private static final int NONE = -1;

    private final VmPage[] pages;
    private final PageQueue free;
    private int order;
    /** For each block: free frames, owner and part that it is reserved for, frames of it in use. */
    private int[] freeFrames = {};
    private int[] owners = {};
    private long[] parts = {};
    private int[] used = {};
    /** Open hash table of reserved blocks, by owner and part. */
    private int[] table = {};
    private int wholeBlocks;
    private int live;

    Reservations(VmPage[] pages, PageQueue free) {
        this.pages = pages;
        this.free = free;
    }

    /** How many blocks are reserved. */
    int live() {
        return live;
    }

    /** Forgets all reservations; from now on blocks have 2^{@code order} frames, or are not made if it is 0. */
    void reset(int newOrder) {
        if (newOrder == order && live == 0) {
            return;
        }
        order = newOrder;
        int blocks = order == 0 ? 0 : pages.length >>> order;
        freeFrames = new int[blocks];
        owners = new int[blocks];
        parts = new long[blocks];
        used = new int[blocks];
        table = new int[Integer.highestOneBit(Math.max(1, blocks)) * 4];
        Arrays.fill(table, NONE);
        live = 0;
        wholeBlocks = 0;
        for (VmPage page = free.first(); page != null; page = free.next(page)) {
            given(page);
        }
    }

    private int block(VmPage page) {
        int block = order == 0 ? NONE : page.frame() >>> order;
        return block < freeFrames.length ? block : NONE;
    }

    /** Whether a free page is kept for somebody. */
    boolean holds(VmPage page) {
        int block = block(page);
        return block != NONE && owners[block] != 0;
    }

    /** The free page reserved for a page of an owner, for which a block is reserved if need be; or null. */
    VmPage page(PageOwner owner, long index) {
        long size = order == 0 ? 0 : owner.reservablePages();
        long virtual = index + owner.color();
        long part = virtual >>> order;
        long first = (part << order) - owner.color();
        if (size < 1L << order || first < 0 || first + (1L << order) > size) {
            return null;
        }
        int block = find(owner.id(), part);
        if (block == NONE) {
            block = wholeBlocks == 0 ? NONE : reserve(owner.id(), part);
        }
        if (block == NONE) {
            return null;
        }
        VmPage page = pages[(block << order) + (int) (virtual & (1L << order) - 1)];
        return page.queue == free ? page : null;
    }

    private int find(int owner, long part) {
        for (int at = hash(owner, part); table[at] != NONE; at = at + 1 & table.length - 1) {
            int block = table[at];
            if (owners[block] == owner && parts[block] == part) {
                return block;
            }
        }
        return NONE;
    }

    private int hash(int owner, long part) {
        long mixed = (part * 31 + owner) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40) & table.length - 1;
    }

    /** Reserves the highest block of which all frames are free. */
    private int reserve(int owner, long part) {
        int block = freeFrames.length - 1;
        while (owners[block] != 0 || freeFrames[block] != 1 << order) {
            block--;
        }
        wholeBlocks--;
        owners[block] = owner;
        parts[block] = part;
        used[block] = 0;
        live++;
        put(block);
        for (int i = 0; i < 1 << order; i++) {
            VmPage page = pages[(block << order) + i];
            free.remove(page);
            free.addLast(page);
        }
        return block;
    }

    private void put(int block) {
        int at = hash(owners[block], parts[block]);
        while (table[at] != NONE) {
            at = at + 1 & table.length - 1;
        }
        table[at] = block;
    }

    /** Lets the block of a page go; its free frames are anybody's. */
    void breakAround(VmPage page) {
        int block = block(page);
        if (block == NONE || owners[block] == 0) {
            return;
        }
        int at = hash(owners[block], parts[block]);
        while (table[at] != block) {
            at = at + 1 & table.length - 1;
        }
        owners[block] = 0;
        live--;
        wholeBlocks += freeFrames[block] == 1 << order ? 1 : 0;
        closeGap(at);
    }

    /** Empties a place of the table and puts those behind it where a search finds them. */
    private void closeGap(int gap) {
        table[gap] = NONE;
        for (int at = gap + 1 & table.length - 1; table[at] != NONE; at = at + 1 & table.length - 1) {
            int moved = table[at];
            table[at] = NONE;
            put(moved);
        }
    }

    /** A page leaves the free queue. */
    void taken(VmPage page) {
        int block = block(page);
        if (block == NONE) {
            return;
        }
        if (owners[block] != 0) {
            used[block]++;
        } else if (freeFrames[block] == 1 << order) {
            wholeBlocks--;
        }
        freeFrames[block]--;
    }

    /** A page joins the free queue. */
    void given(VmPage page) {
        int block = block(page);
        if (block == NONE) {
            return;
        }
        freeFrames[block]++;
        if (owners[block] != 0) {
            if (--used[block] == 0) {
                breakAround(page);
            }
        } else if (freeFrames[block] == 1 << order) {
            wholeBlocks++;
        }
    }
}
