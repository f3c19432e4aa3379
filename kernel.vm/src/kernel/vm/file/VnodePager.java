// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import java.util.Arrays;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;

/** Reads and writes the pages of a host file ({@code sys/vm/vnode_pager.c} of FreeBSD, early 2006). */
final class VnodePager extends FilePager {
    private final byte[] buffer = new byte[PagePool.PAGE_SIZE];

    VnodePager(VmContext context, Vnode vnode) {
        super(context, vnode);
    }

    @Override
    public int hasPage(VmObject object, long index) {
        return behindEnd(index) ? BAD : OK;
    }

    @Override
    public int pageIn(VmObject object, VmPage page) {
        long position = page.index() << PagePool.PAGE_SHIFT;
        if (position >= vnode.sizeBytes()) {
            return BAD;
        }
        int wanted = (int) Math.min(PagePool.PAGE_SIZE, vnode.sizeBytes() - position);
        try {
            int got = vnode.store().read(position, buffer, wanted);
            Arrays.fill(buffer, got, PagePool.PAGE_SIZE, (byte) 0);
        } catch (IOException e) {
            return ERROR;
        }
        context.engine().memory().write(page.physicalAddress(), buffer, 0, PagePool.PAGE_SIZE);
        page.valid(VmPage.ALL);
        return OK;
    }

    @Override
    public int pageOut(VmObject object, VmPage page) {
        long position = page.index() << PagePool.PAGE_SHIFT;
        int length = (int) Math.min(PagePool.PAGE_SIZE, vnode.sizeBytes() - position);
        if (length <= 0) {
            return BAD;
        }
        context.engine().memory().read(page.physicalAddress(), buffer, 0, length);
        try {
            vnode.store().write(position, buffer, length);
        } catch (IOException e) {
            return ERROR;
        }
        return OK;
    }

    @Override
    public boolean canReclaim() {
        return true;
    }
}
