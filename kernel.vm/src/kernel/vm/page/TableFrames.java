// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/** The frames that hold page tables: wired, unmanaged, in no object. */
final class TableFrames {
    private final PagePool pool;
    private final FreeFrames free;
    private int tables;

    TableFrames(PagePool pool, FreeFrames free) {
        this.pool = pool;
        this.free = free;
    }

    int tables() {
        return tables;
    }

    /** Takes 1, 2 or 4 frames in a row, aligned to their count; the first one, or -1. */
    int allocate(int count) {
        int reserve = pool.thresholds().interruptFreeMin();
        while (pool.available() > reserve && free.size() <= reserve) {
            pool.free(pool.cache().first());
        }
        int first = count == 1 ? singleFrame(reserve) : free.alignedRun(count);
        for (int i = 0; first >= 0 && i < count; i++) {
            VmPage page = pool.page(first + i);
            free.take(page);
            page.reset();
            page.unmanaged = true;
            page.wireCount = 1;
        }
        if (first >= 0) {
            tables += count;
        }
        return first;
    }

    private int singleFrame(int reserve) {
        return free.size() <= reserve ? -1 : free.queue().first().frame();
    }

    /** Gives frames of {@link #allocate} back. */
    void free(int first, int count) {
        for (int i = 0; i < count; i++) {
            VmPage page = pool.page(first + i);
            page.unmanaged = false;
            page.wireCount = 0;
            pool.give(page);
        }
        tables -= count;
    }
}
