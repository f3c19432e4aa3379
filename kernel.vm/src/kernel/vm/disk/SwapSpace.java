// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.disk;

import java.util.BitSet;
import kernel.vm.page.PagePool;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The part of the disk that anonymous pages go to: blocks of one page each, numbered from 0.
 *
 * <p>Host memory is taken only for blocks in use. Models the allocator of FreeBSD {@code sys/vm/swap_pager.c}, early
 * 2006. DEVIATION: with one device there is no round robin; blocks are taken one by one behind the last one, so that
 * pages written together lie together as long as there is a run.
 */
@ProviderType
public final class SwapSpace {
    /** With fewer free blocks than this and little memory, a process has to go. */
    public static final int NEARLY_FULL_BLOCKS = 64;

    private static final int NO_BLOCK = -1;
    private static final int CHUNK_SHIFT = 4;
    private static final int CHUNK_BLOCKS = 1 << CHUNK_SHIFT;
    private static final int CALM_BLOCKS = 512;

    private final int blocks;
    private final BitSet used = new BitSet();
    /** Null until something is written: most kernels never page. */
    private byte[][] chunks;
    private int inUse;
    private int cursor;
    private boolean full;

    /** A swap area of so many bytes; 0 for none. */
    public SwapSpace(long bytes) {
        blocks = Math.toIntExact(bytes >> PagePool.PAGE_SHIFT);
    }

    /** Takes a free block; -1 if there is none. */
    public int allocate() {
        if (inUse == blocks) {
            full = true;
            return NO_BLOCK;
        }
        int block = used.nextClearBit(cursor);
        if (block >= blocks) {
            block = used.nextClearBit(0);
        }
        used.set(block);
        inUse++;
        cursor = block + 1;
        return block;
    }

    /** Gives a block back; its contents are gone. */
    public void free(int block) {
        if (!used.get(block)) {
            throw new IllegalStateException("swap block " + block + " is free already");
        }
        used.clear(block);
        inUse--;
        if (blocks - inUse > Math.min(CALM_BLOCKS, blocks / 4)) {
            full = false;
        }
        int start = block & -CHUNK_BLOCKS;
        int next = used.nextSetBit(start);
        boolean chunkFree = next < 0 || next >= start + CHUNK_BLOCKS;
        if (chunkFree && chunks != null) {
            chunks[block >> CHUNK_SHIFT] = null;
        }
    }

    /** Stores a page of memory in a block. */
    public void write(int block, PhysicalMemory memory, long physicalAddress) {
        int chunk = block >> CHUNK_SHIFT;
        if (chunks == null) {
            chunks = new byte[blocks + CHUNK_BLOCKS - 1 >> CHUNK_SHIFT][];
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new byte[CHUNK_BLOCKS << PagePool.PAGE_SHIFT];
        }
        memory.read(physicalAddress, chunks[chunk], offset(block), PagePool.PAGE_SIZE);
    }

    /** Fills a page of memory with what a block has. */
    public void read(int block, PhysicalMemory memory, long physicalAddress) {
        memory.write(physicalAddress, chunks[block >> CHUNK_SHIFT], offset(block), PagePool.PAGE_SIZE);
    }

    private static int offset(int block) {
        return (block & CHUNK_BLOCKS - 1) << PagePool.PAGE_SHIFT;
    }

    /** How many blocks there are. */
    public int blocks() {
        return blocks;
    }

    /** How many blocks are in use. */
    public int inUse() {
        return inUse;
    }

    /** How many blocks are free ({@code swap_pager_avail}). */
    public int available() {
        return blocks - inUse;
    }

    /** Whether a block was asked for in vain and not enough were freed since ({@code swap_pager_full}). */
    public boolean full() {
        return full;
    }
}
