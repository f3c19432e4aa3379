// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import java.util.Arrays;
import kernel.vm.page.PagePool;

/**
 * An ordered index in two levels of plain arrays: chunks of up to 64 entries, and the list of chunks.
 *
 * <p>A lookup is two binary searches over adjacent longs; an insertion shifts part of one chunk. Each chunk knows
 * its widest gap, computed again only after it changed, so that a search for space skips whole chunks.
 *
 * <p>With several chunks the entry found last for a page is tried first, which takes two reads that wait for nothing,
 * where a search takes some that wait for each other. What an entry says of itself decides whether it still counts.
 * DEVIATION from the splay tree of FreeBSD {@code sys/vm/vm_map.c} 1.373: a lookup moves no entry.
 */
final class ChunkedIndex implements EntryIndex {
    private static final int CAPACITY = 64;

    private long maxAddress;
    private Chunk[] chunks = new Chunk[4];
    private long[] firsts = new long[4];
    private int count;
    /** What was found last, by page number modulo the length; empty as long as there is one chunk. */
    private VmMapEntry[] recent = {};

    private static final class Chunk {
        final long[] starts = new long[CAPACITY];
        final VmMapEntry[] entries = new VmMapEntry[CAPACITY];
        int size;
        long widestGap;
        boolean gapKnown;
    }

    ChunkedIndex(long maxAddress) {
        this.maxAddress = maxAddress;
        chunks[0] = new Chunk();
        firsts[0] = Long.MIN_VALUE;
        count = 1;
    }

    @Override
    public void limit(long newMaxAddress) {
        maxAddress = newMaxAddress;
        chunks[count - 1].gapKnown = false;
    }

    /** The position of the last key that is not above {@code key}, or -1. */
    private static int floorPosition(long[] keys, int size, long key) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (keys[middle] <= key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private int chunkAt(long address) {
        return count == 1 ? 0 : floorPosition(firsts, count, address);
    }

    @Override
    public VmMapEntry floor(long address) {
        if (count == 1) {
            return search(address);
        }
        int slot = (int) (address >>> PagePool.PAGE_SHIFT) & recent.length - 1;
        VmMapEntry entry = recent[slot];
        if (entry == null || entry.indexNode == null || address < entry.start || address >= entry.end) {
            entry = search(address);
            recent[slot] = entry;
        }
        return entry;
    }

    private VmMapEntry search(long address) {
        int at = chunkAt(address);
        Chunk chunk = chunks[at];
        int position = floorPosition(chunk.starts, chunk.size, address);
        if (position >= 0) {
            return chunk.entries[position];
        }
        return at == 0 ? null : lastOf(chunks[at - 1]);
    }

    private static VmMapEntry lastOf(Chunk chunk) {
        return chunk.entries[chunk.size - 1];
    }

    @Override
    public void insert(VmMapEntry entry) {
        int at = chunkAt(entry.start);
        if (chunks[at].size == CAPACITY) {
            split(at);
            at = chunkAt(entry.start);
        }
        Chunk chunk = chunks[at];
        int position = floorPosition(chunk.starts, chunk.size, entry.start) + 1;
        int tail = chunk.size - position;
        System.arraycopy(chunk.starts, position, chunk.starts, position + 1, tail);
        System.arraycopy(chunk.entries, position, chunk.entries, position + 1, tail);
        chunk.starts[position] = entry.start;
        chunk.entries[position] = entry;
        chunk.size++;
        entry.indexNode = chunk;
        chunk.gapKnown = false;
        gapChangedBefore(entry);
    }

    private static void gapChangedBefore(VmMapEntry entry) {
        if (entry.previous != null) {
            ((Chunk) entry.previous.indexNode).gapKnown = false;
        }
    }

    private void split(int at) {
        Chunk low = chunks[at];
        Chunk high = new Chunk();
        int half = CAPACITY / 2;
        high.size = CAPACITY - half;
        System.arraycopy(low.starts, half, high.starts, 0, high.size);
        System.arraycopy(low.entries, half, high.entries, 0, high.size);
        Arrays.fill(low.entries, half, CAPACITY, null);
        low.size = half;
        low.gapKnown = false;
        for (int i = 0; i < high.size; i++) {
            high.entries[i].indexNode = high;
        }
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, count * 2);
            firsts = Arrays.copyOf(firsts, count * 2);
        }
        if (recent.length < chunks.length * CAPACITY / 2) {
            recent = new VmMapEntry[chunks.length * CAPACITY / 2];
        }
        System.arraycopy(chunks, at + 1, chunks, at + 2, count - at - 1);
        System.arraycopy(firsts, at + 1, firsts, at + 2, count - at - 1);
        chunks[at + 1] = high;
        firsts[at + 1] = high.starts[0];
        count++;
    }

    @Override
    public void remove(VmMapEntry entry) {
        Chunk chunk = (Chunk) entry.indexNode;
        int position = floorPosition(chunk.starts, chunk.size, entry.start);
        int tail = chunk.size - position - 1;
        System.arraycopy(chunk.starts, position + 1, chunk.starts, position, tail);
        System.arraycopy(chunk.entries, position + 1, chunk.entries, position, tail);
        chunk.size--;
        chunk.entries[chunk.size] = null;
        chunk.gapKnown = false;
        entry.indexNode = null;
        gapChangedBefore(entry);
        if (chunk.size == 0 && count > 1) {
            dropChunk(chunkAt(entry.start));
        }
    }

    private void dropChunk(int at) {
        System.arraycopy(chunks, at + 1, chunks, at, count - at - 1);
        System.arraycopy(firsts, at + 1, firsts, at, count - at - 1);
        count--;
        chunks[count] = null;
        firsts[0] = Long.MIN_VALUE;
    }

    @Override
    public void moveStart(VmMapEntry entry, long newStart) {
        Chunk chunk = (Chunk) entry.indexNode;
        int position = floorPosition(chunk.starts, chunk.size, entry.start);
        if (position == 0) {
            int at = chunkAt(entry.start);
            if (at != 0) {
                firsts[at] = newStart;
            }
        }
        chunk.starts[position] = newStart;
        gapChangedBefore(entry);
    }

    @Override
    public void gapChanged(VmMapEntry entry) {
        ((Chunk) entry.indexNode).gapKnown = false;
    }

    private long gapBehind(VmMapEntry entry) {
        return (entry.next == null ? maxAddress : entry.next.start) - entry.end;
    }

    private long widestGap(Chunk chunk) {
        if (!chunk.gapKnown) {
            long widest = 0;
            for (int i = 0; i < chunk.size; i++) {
                widest = Math.max(widest, gapBehind(chunk.entries[i]));
            }
            chunk.widestGap = widest;
            chunk.gapKnown = true;
        }
        return chunk.widestGap;
    }

    @Override
    public VmMapEntry nextGap(VmMapEntry entry, long length) {
        int at = chunkAt(entry.start);
        Chunk chunk = chunks[at];
        int position = floorPosition(chunk.starts, chunk.size, entry.start) + 1;
        while (true) {
            if (widestGap(chunk) >= length) {
                for (int i = position; i < chunk.size; i++) {
                    if (gapBehind(chunk.entries[i]) >= length) {
                        return chunk.entries[i];
                    }
                }
            }
            if (++at == count) {
                return null;
            }
            chunk = chunks[at];
            position = 0;
        }
    }
}
