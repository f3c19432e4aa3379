// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;

/**
 * The machine's own fields of every page, put aside.
 *
 * <p>During a swap two pmap modules exist, and each page can hold the anchor of only one of them. {@link #exchange}
 * changes which one that is; it starts with empty fields for the new module.
 */
final class PvSnapshot {
    private final PagePool pages;
    private final int[] heads;
    private final int[] counts;
    private final int[] flags;

    PvSnapshot(PagePool pages) {
        this.pages = pages;
        heads = new int[pages.frames()];
        counts = new int[pages.frames()];
        flags = new int[pages.frames()];
    }

    /** Exchanges the fields in the pages with those put aside. */
    void exchange() {
        for (int frame = 0; frame < heads.length; frame++) {
            VmPage page = pages.page(frame);
            int head = page.pvHead();
            int count = page.pvCount();
            int bits = page.machineFlags();
            page.pvHead(heads[frame]);
            page.pvCount(counts[frame]);
            page.machineFlags(flags[frame]);
            heads[frame] = head;
            counts[frame] = count;
            flags[frame] = bits;
        }
    }
}
