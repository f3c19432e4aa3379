// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import kernel.sched.errno.Errno;
import kernel.vm.object.ObjectType;
import kernel.vm.object.Pager;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;

/** The pages of files, for who reads and writes files: found in memory, or brought in from the swap device. */
final class FilePages {
    private FilePages() {}

    /** The page at a position if it is in memory with contents, or null. */
    static VmPage resident(VmContext context, Vnode vnode, long position) {
        VmObject object = vnode.object();
        VmPage page = object == null ? null : context.pages().find(object, position >> PagePool.PAGE_SHIFT);
        return page == null || page.valid() == 0 ? null : page;
    }

    /**
     * Brings the page of a memory file at a position in if it is on the swap device. May block; nothing interleaves after
     * it returned.
     *
     * @param changes whether the caller changes it, so that it must not be on its way to the disk
     * @return 0, or ENOMEM if there is no frame for it now
     * @throws IOException if it cannot be read
     */
    static int bringIn(VmContext context, Vnode vnode, long position, boolean changes) throws IOException {
        VmObject object = vnode.object();
        long index = position >> PagePool.PAGE_SHIFT;
        while (object != null && object.type() == ObjectType.SWAP) {
            VmPage page = context.pages().find(object, index);
            if (page != null && (page.reading() || changes && page.writing())) {
                context.transfers().await(page);
            } else if (page != null && page.valid() != 0 || object.pager().hasPage(object, index) != Pager.OK) {
                return 0;
            } else {
                int error = read(context, object, index);
                if (error != 0) {
                    return error;
                }
            }
        }
        return 0;
    }

    private static int read(VmContext context, VmObject object, long index) throws IOException {
        VmPage page = context.pages().find(object, index);
        if (page == null) {
            page = context.pages().allocate(object, index);
        }
        if (page == null) {
            return Errno.ENOMEM;
        }
        context.transfers().readAlone(object, page);
        return 0;
    }

    /** A page for contents at a position of a memory file, made if there is none; null if there is no frame. */
    static VmPage make(VmContext context, Vnode vnode, long position) {
        VmPage page = resident(context, vnode, position);
        if (page != null) {
            return page;
        }
        VmObject object = vnode.mappableObject();
        long index = position >> PagePool.PAGE_SHIFT;
        page = context.pages().find(object, index);
        if (page == null) {
            page = context.pages().allocate(object, index);
        }
        if (page != null) {
            page.busy(false);
            context.objects().zeroFill(page);
            if (object.type() == ObjectType.PHYS) {
                context.pages().unmanaged().unmanage(page);
            }
        }
        return page;
    }

    /** A page of a memory file is being changed: it is used, modified, and what is on the swap device is of no worth. */
    static void changed(VmContext context, VmPage page) {
        VmObject object = (VmObject) page.owner();
        if (object.type() == ObjectType.SWAP) {
            context.pages().activate(page);
            page.markDirty();
            context.objects().swap().free(object, page.index());
        }
    }
}
