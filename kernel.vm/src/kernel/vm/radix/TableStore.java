// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.Arrays;
import kernel.vm.pmap.PmapHost;
import machine.core.memory.PhysicalMemory;

/**
 * The page-table pages of one module and how many entries of each are in use.
 *
 * <p>A table that became empty is first unlinked, then given up to {@link #retire}, and its frames are given back by
 * {@link #freeRetired} once no walker and no TLB can reach it.
 */
final class TableStore {
    static final long NONE = -1;

    private final PmapHost host;
    private final RadixGeometry geometry;
    private int[] live = new int[64];
    private long[] retired = new long[16];
    private int[] retiredPages = new int[16];
    private int retiredCount;
    private int pages;

    TableStore(PmapHost host, RadixGeometry geometry) {
        this.host = host;
        this.geometry = geometry;
    }

    /** A zeroed table of a level, or {@link #NONE}. */
    long allocate(int level) {
        long table = host.allocateTable(geometry.tablePages(level));
        if (table == NONE) {
            return NONE;
        }
        pages += geometry.tablePages(level);
        int frame = frame(table);
        if (frame >= live.length) {
            live = Arrays.copyOf(live, Math.max(frame + 1, live.length * 2));
        }
        live[frame] = 0;
        return table;
    }

    int live(long table) {
        return live[frame(table)];
    }

    void addLive(long table, int change) {
        live[frame(table)] += change;
    }

    void retire(long table, int level) {
        if (retiredCount == retired.length) {
            retired = Arrays.copyOf(retired, retiredCount * 2);
            retiredPages = Arrays.copyOf(retiredPages, retiredCount * 2);
        }
        retired[retiredCount] = table;
        retiredPages[retiredCount++] = geometry.tablePages(level);
    }

    void freeRetired() {
        while (retiredCount > 0) {
            retiredCount--;
            host.freeTable(retired[retiredCount], retiredPages[retiredCount]);
            pages -= retiredPages[retiredCount];
        }
    }

    /** Table pages in use. */
    int pages() {
        return pages;
    }

    private static int frame(long table) {
        return (int) (table >>> PhysicalMemory.PAGE_SHIFT);
    }
}
