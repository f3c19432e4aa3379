// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import kernel.vm.object.Pager;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;

/** What the pagers of all vnodes share: who uses the object, and where the file ends. */
abstract class FilePager implements Pager {
    final VmContext context;
    final Vnode vnode;

    FilePager(VmContext context, Vnode vnode) {
        this.context = context;
        this.vnode = vnode;
    }

    /** Whether a page lies wholly behind the end of the file. */
    final boolean behindEnd(long index) {
        return index << PagePool.PAGE_SHIFT >= vnode.sizeBytes();
    }

    @Override
    public final void mapped(VmObject object) {
        vnode.mapped(true);
    }

    @Override
    public final void unmapped(VmObject object) {
        vnode.mapped(false);
    }

    @Override
    public final String name() {
        return vnode.name();
    }
}
