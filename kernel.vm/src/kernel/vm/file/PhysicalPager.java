// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmPage;

/**
 * Memory that is never paged: its pages are zeros on first use, and from then on wired and unmanaged as long as the
 * object lives ({@code sys/vm/phys_pager.c} of FreeBSD, early 2006).
 */
final class PhysicalPager extends FilePager {
    PhysicalPager(VmContext context, Vnode vnode) {
        super(context, vnode);
    }

    @Override
    public int hasPage(VmObject object, long index) {
        return behindEnd(index) ? BAD : OK;
    }

    @Override
    public boolean usesDisk() {
        return false;
    }

    @Override
    public int pageIn(VmObject object, VmPage page) {
        if (behindEnd(page.index())) {
            return BAD;
        }
        context.objects().zeroFill(page);
        context.pages().unmanaged().unmanage(page);
        return OK;
    }

    @Override
    public int pageOut(VmObject object, VmPage page) {
        return ERROR;
    }

    @Override
    public boolean canReclaim() {
        return false;
    }
}
