// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.disk.SwapSpace;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which swap block has the contents of which page of anonymous memory.
 *
 * <p>One hash of records of 16 pages for the whole kernel, as {@code swhash} of FreeBSD {@code sys/vm/swap_pager.c},
 * early 2006. A block belongs to exactly one page of one object; giving it up here frees it on the device. A page that
 * is also in memory has a block as long as it was not modified since it was written or read.
 */
@ProviderType
public final class SwapBlocks {
    private static final int FIRST_BUCKETS = 64;

    private final SwapSpace space;
    private SwapRecord[] buckets = new SwapRecord[FIRST_BUCKETS];
    private int records;

    SwapBlocks(SwapSpace space) {
        this.space = space;
    }

    /** The device. */
    public SwapSpace space() {
        return space;
    }

    /** The block of a page, or -1. */
    public int find(VmObject object, long index) {
        if (object.swapBlocks == 0) {
            return SwapRecord.NONE;
        }
        SwapRecord record = record(object, index >> SwapRecord.SHIFT);
        return record == null ? SwapRecord.NONE : record.blocks[slot(index)];
    }

    private static int slot(long index) {
        return (int) index & SwapRecord.PAGES - 1;
    }

    private int bucket(VmObject object, long group) {
        int hash = object.id * 0x9E3779B1 + (int) (group ^ group >>> 32);
        return (hash ^ hash >>> 15) & buckets.length - 1;
    }

    private SwapRecord record(VmObject object, long group) {
        SwapRecord record = buckets[bucket(object, group)];
        while (record != null && (record.group != group || record.object != object)) {
            record = record.hashNext;
        }
        return record;
    }

    /** Notes where a page is from now on; it has no block. */
    void put(VmObject object, long index, int block) {
        long group = index >> SwapRecord.SHIFT;
        SwapRecord record = record(object, group);
        if (record == null) {
            record = insert(new SwapRecord(object, group));
        }
        if (record.blocks[slot(index)] != SwapRecord.NONE) {
            throw new KernelPanic("swap: " + object + " index " + index + " has a block already");
        }
        record.blocks[slot(index)] = block;
        record.used++;
        object.swapBlocks++;
    }

    private SwapRecord insert(SwapRecord record) {
        if (++records > buckets.length) {
            grow();
        }
        int at = bucket(record.object, record.group);
        record.hashNext = buckets[at];
        buckets[at] = record;
        VmObject object = record.object;
        record.nextOfObject = object.firstSwap;
        if (object.firstSwap != null) {
            object.firstSwap.previousOfObject = record;
        }
        object.firstSwap = record;
        return record;
    }

    private void grow() {
        SwapRecord[] old = buckets;
        buckets = new SwapRecord[old.length * 2];
        for (SwapRecord chain : old) {
            SwapRecord record = chain;
            while (record != null) {
                SwapRecord next = record.hashNext;
                int at = bucket(record.object, record.group);
                record.hashNext = buckets[at];
                buckets[at] = record;
                record = next;
            }
        }
    }

    /** Forgets where a page is and keeps its block allocated; the block, or -1. */
    private int take(SwapRecord record, int slot) {
        int block = record.blocks[slot];
        if (block != SwapRecord.NONE) {
            record.blocks[slot] = SwapRecord.NONE;
            record.object.swapBlocks--;
            if (--record.used == 0) {
                remove(record);
            }
        }
        return block;
    }

    private void remove(SwapRecord record) {
        int at = bucket(record.object, record.group);
        if (buckets[at] == record) {
            buckets[at] = record.hashNext;
        } else {
            SwapRecord before = buckets[at];
            while (before.hashNext != record) {
                before = before.hashNext;
            }
            before.hashNext = record.hashNext;
        }
        if (record.previousOfObject == null) {
            record.object.firstSwap = record.nextOfObject;
        } else {
            record.previousOfObject.nextOfObject = record.nextOfObject;
        }
        if (record.nextOfObject != null) {
            record.nextOfObject.previousOfObject = record.previousOfObject;
        }
        records--;
    }

    /** Frees the block of a page, if it has one: the page was modified, or its contents are not needed any more. */
    public void free(VmObject object, long index) {
        if (object.swapBlocks != 0) {
            SwapRecord record = record(object, index >> SwapRecord.SHIFT);
            if (record != null) {
                freeSlot(record, slot(index));
            }
        }
    }

    private void freeSlot(SwapRecord record, int slot) {
        int block = take(record, slot);
        if (block != SwapRecord.NONE) {
            space.free(block);
        }
    }

    /** Frees the blocks of a range of indexes ({@code swap_pager_freespace}). */
    void freeRange(VmObject object, long start, long end) {
        SwapRecord record = object.firstSwap;
        while (record != null) {
            SwapRecord next = record.nextOfObject;
            for (int slot = 0; slot < SwapRecord.PAGES && object.swapBlocks != 0; slot++) {
                long index = (record.group << SwapRecord.SHIFT) + slot;
                if (index >= start && index < end) {
                    freeSlot(record, slot);
                }
            }
            record = next;
        }
    }

    /**
     * Moves blocks to another object, where a page or block of the target wins ({@code swap_pager_copy}).
     *
     * @param firstIndex the index of {@code source} that becomes index 0 of {@code target}
     * @param count how many indexes; blocks outside of them stay
     * @param taken says which indexes the target has already in memory
     */
    void move(VmObject source, long firstIndex, long count, VmObject target, Taken taken) {
        SwapRecord record = source.firstSwap;
        while (record != null) {
            SwapRecord next = record.nextOfObject;
            for (int slot = 0; slot < SwapRecord.PAGES && source.swapBlocks != 0; slot++) {
                long index = (record.group << SwapRecord.SHIFT) + slot - firstIndex;
                if (record.blocks[slot] != SwapRecord.NONE && index >= 0 && index < count) {
                    if (taken.has(index) || find(target, index) != SwapRecord.NONE) {
                        freeSlot(record, slot);
                    } else {
                        put(target, index, take(record, slot));
                        target.becomeSwap();
                    }
                }
            }
            record = next;
        }
    }

    /** What the target of a move has. */
    interface Taken {
        /** Whether the page at an index is in memory and so newer than any block. */
        boolean has(long index);
    }
}
