// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import java.util.Arrays;
import kernel.sched.errno.Errno;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads and writes file contents through the same pages that mappings use, so both always agree.
 *
 * <p>A write goes to the store at once and into the page if that is resident. Each call moves at most one page, from
 * or to a kernel buffer; nothing interleaves inside it.
 */
@ProviderType
public final class FileIo {
    private FileIo() {}

    /**
     * Reads bytes that lie in one page of a file.
     *
     * @param position where to start; {@code position + length} is inside the file
     * @return 0 or EIO
     */
    public static int read(VmContext context, Vnode vnode, long position, byte[] to, int length) {
        VmPage page = resident(context, vnode, position);
        if (page != null) {
            long pa = page.physicalAddress() + (position & PagePool.PAGE_MASK);
            context.engine().memory().read(pa, to, 0, length);
            return 0;
        }
        int got = 0;
        if (vnode.store() != null) {
            try {
                got = vnode.store().read(position, to, length);
            } catch (IOException e) {
                return Errno.EIO;
            }
        }
        Arrays.fill(to, got, length, (byte) 0);
        return 0;
    }

    private static VmPage resident(VmContext context, Vnode vnode, long position) {
        VmObject object = vnode.object();
        VmPage page = object == null ? null : context.pages().find(object, position >> PagePool.PAGE_SHIFT);
        return page == null || page.valid() == 0 ? null : page;
    }

    /**
     * Writes bytes that lie in one page of a file, which grows if they end behind it.
     *
     * @return 0, EIO, or ENOSPC when a memory file finds no page
     */
    public static int write(VmContext context, Vnode vnode, long position, byte[] from, int length) {
        if (vnode.store() == null) {
            return writeMemory(context, vnode, position, from, length);
        }
        try {
            vnode.store().write(position, from, length);
        } catch (IOException e) {
            return Errno.EIO;
        }
        vnode.extendTo(position + length);
        VmPage page = resident(context, vnode, position);
        if (page != null) {
            put(context, page, position, from, length);
        }
        return 0;
    }

    private static int writeMemory(VmContext context, Vnode vnode, long position, byte[] from, int length) {
        vnode.extendTo(position + length);
        VmObject object = vnode.mappableObject();
        long index = position >> PagePool.PAGE_SHIFT;
        VmPage page = context.pages().find(object, index);
        if (page == null) {
            page = context.pages().allocate(object, index);
            if (page == null) {
                return Errno.ENOSPC;
            }
            page.busy(false);
        }
        if (page.valid() == 0) {
            context.objects().zeroFill(page);
            context.pages().activate(page);
        }
        put(context, page, position, from, length);
        return 0;
    }

    private static void put(VmContext context, VmPage page, long position, byte[] from, int length) {
        long pa = page.physicalAddress() + (position & PagePool.PAGE_MASK);
        context.engine().memory().write(pa, from, 0, length);
    }

    /** Changes the size of a file; 0 or EIO. */
    public static int truncate(Vnode vnode, long sizeBytes) {
        try {
            vnode.resize(sizeBytes);
            return 0;
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    /** Writes everything that is modified to the store; 0 or EIO. */
    public static int sync(Vnode vnode) {
        return vnode.sync() ? 0 : Errno.EIO;
    }
}
