// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.Arrays;
import kernel.vm.pmap.PmapHost;
import machine.core.memory.PhysicalMemory;

/**
 * The page tables of one module and how many entries of each are in use.
 *
 * <p>A table that became empty is first unlinked, then given up to {@link #retire}, and its memory is given back by
 * {@link #freeRetired} once no walker and no TLB can reach it. Tables smaller than a page share pages.
 */
final class TableStore {
    static final long NONE = -1;

    private static final int SMALLEST_BYTES = 1024;

    private final PmapHost host;
    private final RadixGeometry geometry;
    private final SmallTables small;
    private final int tableShift;
    private int[] live = new int[64];
    private long[] retired = new long[16];
    private int[] retiredLevels = new int[16];
    private int retiredCount;
    private int pages;

    TableStore(PmapHost host, RadixGeometry geometry) {
        this.host = host;
        this.geometry = geometry;
        int slotBytes = 0;
        for (int level = 0; level < geometry.levels(); level++) {
            slotBytes = isSmall(level) ? Math.max(slotBytes, geometry.tableBytes(level)) : slotBytes;
        }
        slotBytes = slotBytes == 0 ? PhysicalMemory.PAGE_SIZE : Math.max(slotBytes, SMALLEST_BYTES);
        small = new SmallTables(host, slotBytes);
        tableShift = Integer.numberOfTrailingZeros(slotBytes);
    }

    private boolean isSmall(int level) {
        return geometry.tableBytes(level) < PhysicalMemory.PAGE_SIZE;
    }

    /** A zeroed table of a level, or {@link #NONE}. */
    long allocate(int level) {
        long table = isSmall(level) ? allocateSmall() : allocatePages(geometry.tablePages(level));
        if (table != NONE) {
            int index = index(table);
            if (index >= live.length) {
                live = Arrays.copyOf(live, Math.max(index + 1, live.length * 2));
            }
            live[index] = 0;
        }
        return table;
    }

    private long allocateSmall() {
        boolean newPage = small.isFull();
        long table = small.allocate();
        pages += newPage && table != NONE ? 1 : 0;
        return table;
    }

    private long allocatePages(int count) {
        long table = host.allocateTable(count);
        pages += table == NONE ? 0 : count;
        return table;
    }

    int live(long table) {
        return live[index(table)];
    }

    void addLive(long table, int change) {
        live[index(table)] += change;
    }

    void retire(long table, int level) {
        if (retiredCount == retired.length) {
            retired = Arrays.copyOf(retired, retiredCount * 2);
            retiredLevels = Arrays.copyOf(retiredLevels, retiredCount * 2);
        }
        retired[retiredCount] = table;
        retiredLevels[retiredCount++] = level;
    }

    void freeRetired() {
        while (retiredCount > 0) {
            retiredCount--;
            free(retired[retiredCount], retiredLevels[retiredCount]);
        }
    }

    private void free(long table, int level) {
        if (isSmall(level)) {
            pages -= small.free(table) ? 1 : 0;
            return;
        }
        int count = geometry.tablePages(level);
        host.freeTable(table, count);
        pages -= count;
    }

    /** Table pages in use. */
    int pages() {
        return pages;
    }

    private int index(long table) {
        return (int) (table >>> tableShift);
    }
}
