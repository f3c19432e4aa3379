// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.List;
import kernel.vm.page.PagePool;
import kernel.vm.page.PageQueue;
import shell.command.format.Rows;

/** What a part of physical memory is used for, in pages; {@code frames} lists the parts. */
record FrameRow(String use, int pages, long memoryBytes) {
    static Rows<FrameRow> of(PagePool pool) {
        int tables = pool.tables();
        int other = pool.frames() - pool.free().size() - pool.inactive().size() - pool.active().size() - pool.wired();
        return new Rows<>(FrameRow.class, List.of(of(pool.free()), of(pool.inactive()), of(pool.active()),
                row("wired, page tables", tables), row("wired, other", pool.wired() - tables),
                row("kernel and unqueued", other), row("all", pool.frames())));
    }

    private static FrameRow of(PageQueue queue) {
        return row(queue.name(), queue.size());
    }

    private static FrameRow row(String use, int pages) {
        return new FrameRow(use, pages, (long) pages * PagePool.PAGE_SIZE);
    }
}
