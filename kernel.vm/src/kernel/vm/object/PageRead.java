// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.disk.DiskRequest;
import kernel.vm.page.VmPage;

/** Pages on their way from a store into memory; one of them is the one that somebody waits for. */
public final class PageRead extends DiskRequest {
    final PageTransfers transfers;
    final VmPage[] pages;
    final int count;
    final int wanted;
    boolean over;
    int result;

    PageRead(PageTransfers transfers, VmPage[] pages, int count, int wanted) {
        this.transfers = transfers;
        this.pages = pages;
        this.count = count;
        this.wanted = wanted;
    }

    /** The page that the reader waits for; still busy when the read is over, so that the reader owns it. */
    public VmPage wanted() {
        return pages[wanted];
    }

    /** What became of that page: a result of {@link Pager#pageIn}. */
    public int result() {
        return result;
    }

    @Override
    public int pages() {
        return count;
    }

    @Override
    public boolean write() {
        return false;
    }

    @Override
    protected void done() {
        transfers.readDone(this);
    }
}
