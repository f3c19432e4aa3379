// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import kernel.vm.object.Pager;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmPage;

/**
 * Keeps the pages of a memory file on the swap device: a swap object with a name, as {@code shm_open} makes since
 * FreeBSD 7 ({@code uipc_shm.c}). What was never written has no block, and is zeros.
 */
final class MemoryFilePager extends FilePager {
    private final Pager swap;

    MemoryFilePager(VmContext context, Vnode vnode) {
        super(context, vnode);
        swap = context.objects().swapPager();
    }

    @Override
    public int hasPage(VmObject object, long index) {
        return behindEnd(index) ? BAD : swap.hasPage(object, index);
    }

    @Override
    public boolean contiguous(VmObject object, long index) {
        return swap.contiguous(object, index);
    }

    @Override
    public int pageIn(VmObject object, VmPage page) {
        return behindEnd(page.index()) ? BAD : swap.pageIn(object, page);
    }

    @Override
    public int pageOut(VmObject object, VmPage page) {
        return behindEnd(page.index()) ? BAD : swap.pageOut(object, page);
    }

    @Override
    public boolean canReclaim() {
        return true;
    }
}
