// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kernel.vm.disk.SwapSpace;
import kernel.vm.page.PagePool;
import kernel.vm.page.PageQueue;
import kernel.vm.system.VmSystem;
import shell.command.format.Rows;

/** What a part of physical memory is used for, in pages; {@code frames} lists the parts. */
record FrameRow(String use, int pages, long memoryBytes) {
    static Rows<FrameRow> of(VmSystem vm) {
        PagePool pool = vm.pages();
        List<FrameRow> rows = new ArrayList<>(List.of(of(pool.free()), of(pool.cache())));
        vm.pageout().queues().forEach(queue -> rows.add(of(queue)));
        int tables = pool.tables();
        int other = pool.frames() - pool.available() - pool.pageable() - pool.wired();
        Collections.addAll(rows, row("wired, page tables", tables), row("wired, other", pool.wired() - tables),
                row("kernel and unqueued", other), row("all", pool.frames()),
                row("devices, fictitious", pool.unmanaged().fictitious()));
        SwapSpace swap = vm.context().objects().swap().space();
        Collections.addAll(rows, row("swap, used", swap.inUse()), row("swap, free", swap.available()));
        return new Rows<>(FrameRow.class, rows);
    }

    private static FrameRow of(PageQueue queue) {
        return row(queue.name(), queue.size());
    }

    private static FrameRow row(String use, int pages) {
        return new FrameRow(use, pages, (long) pages * PagePool.PAGE_SIZE);
    }
}
