// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import java.io.IOException;
import java.util.Arrays;
import kernel.sched.errno.Errno;
import kernel.vm.object.ObjectType;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads and writes file contents through the same pages that mappings use, so both always agree.
 *
 * <p>A write to a host file goes to the store at once and into the page if that is resident. Each call moves at most one
 * page, from or to a kernel buffer. It may block before it moves anything, for a page of a memory file that is on the
 * swap device; nothing interleaves from then on.
 */
@ProviderType
public final class FileIo {
    private FileIo() {}

    /**
     * Reads bytes that lie in one page of a file; what is behind its end is zeros.
     *
     * @return 0, EIO, or ENOMEM if there is no frame for a page now
     */
    public static int read(VmContext context, Vnode vnode, long position, byte[] to, int length) {
        try {
            int error = FilePages.bringIn(context, vnode, position, false);
            if (error != 0) {
                return error;
            }
            long pa = address(context, vnode, position);
            if (pa >= 0) {
                context.engine().memory().read(pa, to, 0, length);
                return 0;
            }
            int got = vnode.store() == null ? 0 : vnode.store().read(position, to, length);
            Arrays.fill(to, got, length, (byte) 0);
            return 0;
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    /** Where in physical memory a position is, or a negative number. */
    private static long address(VmContext context, Vnode vnode, long position) {
        long inPage = position & PagePool.PAGE_MASK;
        if (vnode.device() != null) {
            long base = vnode.device().mapPage(position - inPage, VmProt.READ | VmProt.WRITE);
            return base == CharacterDevice.REFUSED ? -1 : base + inPage;
        }
        VmPage page = FilePages.resident(context, vnode, position);
        return page == null ? -1 : page.physicalAddress() + inPage;
    }

    /**
     * Writes bytes that lie in one page of a file, which grows if they end behind it.
     *
     * @return 0, EIO, or ENOMEM if there is no frame for a page now
     */
    public static int write(VmContext context, Vnode vnode, long position, byte[] from, int length) {
        try {
            if (vnode.store() != null) {
                vnode.store().write(position, from, length);
                vnode.extendTo(position + length);
            } else if (vnode.device() == null) {
                int error = makeRoom(context, vnode, position, length);
                if (error != 0) {
                    return error;
                }
            }
        } catch (IOException e) {
            return Errno.EIO;
        }
        long pa = address(context, vnode, position);
        if (pa >= 0) {
            context.engine().memory().write(pa, from, 0, length);
        }
        return 0;
    }

    /** Gets a page of a memory file ready for new contents. */
    private static int makeRoom(VmContext context, Vnode vnode, long position, int length) throws IOException {
        int error = FilePages.bringIn(context, vnode, position, true);
        if (error != 0) {
            return error;
        }
        VmPage page = FilePages.make(context, vnode, position);
        if (page == null) {
            return Errno.ENOMEM;
        }
        FilePages.changed(context, page);
        vnode.extendTo(position + length);
        return 0;
    }

    /**
     * Changes the size of a file. May block before it changes anything.
     *
     * @return 0, EIO, ENOMEM if there is no frame for its last page now, or ENOTSUP for less of a memory file whose pages
     *     are not managed, since nobody could find its mappings
     */
    public static int truncate(VmContext context, Vnode vnode, long sizeBytes) {
        boolean less = sizeBytes < vnode.sizeBytes();
        if (less && vnode.object() != null && vnode.object().type() == ObjectType.PHYS) {
            return Errno.EOPNOTSUPP;
        }
        try {
            int error = less && (sizeBytes & PagePool.PAGE_MASK) != 0
                    ? FilePages.bringIn(context, vnode, sizeBytes, true) : 0;
            if (error == 0) {
                vnode.resize(sizeBytes);
            }
            return error;
        } catch (IOException e) {
            return Errno.EIO;
        }
    }

    /** Writes everything that is modified to the store; 0 or EIO. */
    public static int sync(Vnode vnode) {
        return vnode.sync() ? 0 : Errno.EIO;
    }
}
