// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.disk.DiskRequest;
import kernel.vm.page.VmPage;

/** Pages on their way to a store. */
final class PageWrite extends DiskRequest {
    final PageTransfers transfers;
    final PageFlush flush;
    final VmPage[] pages;
    final int[] results;
    final int count;

    PageWrite(PageTransfers transfers, PageFlush flush, VmPage[] pages, int[] results, int count) {
        this.transfers = transfers;
        this.flush = flush;
        this.pages = pages;
        this.results = results;
        this.count = count;
    }

    @Override
    public int pages() {
        return count;
    }

    @Override
    public boolean write() {
        return true;
    }

    @Override
    protected void done() {
        transfers.writeDone(this);
    }
}
