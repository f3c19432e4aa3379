// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kernel.sched.errno.Errno;
import kernel.vm.file.FileFlags;
import kernel.vm.file.OpenFile;
import kernel.vm.file.Vnode;
import kernel.vm.file.VnodeType;
import kernel.vm.page.PagePool;
import kernel.vm.syscall.SyscallFrame;

/**
 * {@code fstat}, {@code chflags}, {@code fchflags}.
 *
 * <p>Every file belongs to the superuser. DEVIATION: times, device and inode numbers are 0, because they would make
 * a run depend on its host.
 */
final class StatusCalls {
    private static final int IFIFO = 0010000;
    private static final int IFCHR = 0020000;
    private static final int IFDIR = 0040000;
    private static final int IFREG = 0100000;
    private static final int IFSOCK = 0140000;
    private static final int ALL_MAY = 0666;
    private static final int ALL_MAY_ENTER = 0777;
    private static final int BLOCK_BYTES = 512;
    private static final int MODE_AT = 8;
    private static final int TIMES_AT = 24;
    private static final int TIMESPECS = 3;

    private StatusCalls() {}

    /** Stores a {@code struct stat} of 2006. */
    static int fstat(SyscallFrame frame) {
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        if (file == null) {
            return Errno.EBADF;
        }
        byte[] stat = stat(file, frame.caller().vmspace().map().limits().wordBits() / Byte.SIZE);
        return frame.memory().copyout(stat, 0, stat.length, frame.arg(1));
    }

    private static byte[] stat(OpenFile file, int wordBytes) {
        Vnode vnode = file.vnode();
        int sizeAt = TIMES_AT + TIMESPECS * 2 * wordBytes;
        ByteBuffer stat = ByteBuffer.allocate(sizeAt + 2 * Long.BYTES + 4 * Integer.BYTES + 2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        stat.position(MODE_AT);
        stat.putShort((short) mode(file)).putShort((short) (vnode == null ? 1 : vnode.links()));
        stat.position(sizeAt);
        long size = vnode == null ? 0 : vnode.sizeBytes();
        stat.putLong(size).putLong((size + BLOCK_BYTES - 1) / BLOCK_BYTES).putInt(PagePool.PAGE_SIZE)
                .putInt(vnode == null ? 0 : vnode.systemFlags());
        return stat.array();
    }

    private static int mode(OpenFile file) {
        if (file.vnode() == null) {
            return (file.pipe() == null ? IFSOCK : IFIFO) | ALL_MAY;
        }
        return switch (file.vnode().type()) {
            case REGULAR -> IFREG | ALL_MAY;
            case DIRECTORY -> IFDIR | ALL_MAY_ENTER;
            case ZERO_DEVICE, DEVICE -> IFCHR | ALL_MAY;
            case FIFO -> IFIFO | ALL_MAY;
        };
    }

    static int chflags(SyscallFrame frame) {
        String path = FileCalls.path(frame);
        if (path == null) {
            return FileCalls.pathError(frame);
        }
        int refusal = refusal(frame, frame.intArg(1));
        return refusal != 0 ? refusal : frame.caller().files().files().changeFlags(path, frame.intArg(1));
    }

    static int fchflags(SyscallFrame frame) {
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        if (file == null) {
            return Errno.EBADF;
        }
        if (file.vnode() == null || file.vnode().isDevice() || file.pipe() != null) {
            return Errno.EINVAL;
        }
        int refusal = refusal(frame, frame.intArg(1));
        if (refusal == 0) {
            frame.caller().files().files().changeFlags(file.vnode(), frame.intArg(1));
        }
        return refusal;
    }

    private static int refusal(SyscallFrame frame, int flags) {
        if (!frame.caller().superuser() || (flags & FileFlags.SF_SNAPSHOT) != 0) {
            return Errno.EPERM;
        }
        return (flags & ~FileFlags.SETTABLE) != 0 ? Errno.EOPNOTSUPP : 0;
    }
}
