// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import java.util.Arrays;
import kernel.vm.object.Pager;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;

/**
 * Reads and writes the pages of a file ({@code sys/vm/vnode_pager.c} of FreeBSD, early 2006).
 *
 * <p>A memory file has no store: its pages are the only copy and are never reclaimed.
 */
final class VnodePager implements Pager {
    private final VmContext context;
    private final Vnode vnode;
    private final byte[] buffer = new byte[PagePool.PAGE_SIZE];

    VnodePager(VmContext context, Vnode vnode) {
        this.context = context;
        this.vnode = vnode;
    }

    @Override
    public int hasPage(VmObject object, long index) {
        if (index << PagePool.PAGE_SHIFT >= vnode.sizeBytes()) {
            return BAD;
        }
        return vnode.store() == null ? FAIL : OK;
    }

    @Override
    public boolean usesDisk() {
        return vnode.store() != null;
    }

    @Override
    public int pageIn(VmObject object, VmPage page) {
        long position = page.index() << PagePool.PAGE_SHIFT;
        if (position >= vnode.sizeBytes()) {
            return BAD;
        }
        if (vnode.store() == null) {
            return FAIL;
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
        if (vnode.store() == null) {
            return OK;
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
        return vnode.store() != null;
    }

    @Override
    public void mapped(VmObject object) {
        vnode.mapped(true);
    }

    @Override
    public void unmapped(VmObject object) {
        vnode.mapped(false);
    }

    @Override
    public String name() {
        return vnode.name();
    }
}
