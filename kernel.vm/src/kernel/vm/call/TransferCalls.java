// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.file.FileIo;
import kernel.vm.file.OpenFile;
import kernel.vm.file.Pipe;
import kernel.vm.file.Vnode;
import kernel.vm.file.VnodeType;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.syscall.SyscallFrame;

/**
 * {@code read} and {@code write}: a page at a time through a buffer of the LWP, so that a user page that faults (even
 * one of the same file) is never touched while the file is being changed.
 */
final class TransferCalls {
    private TransferCalls() {}

    static int read(SyscallFrame frame) {
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        int error = check(file, OpenFile.READ, frame.arg(2));
        if (error != 0) {
            return error;
        }
        if (file.pipe() != null) {
            return readPipe(frame, file.pipe());
        }
        Vnode vnode = file.vnode();
        VmContext context = frame.caller().vmspace().map().context();
        boolean device = vnode.type() == VnodeType.ZERO_DEVICE;
        long start = device ? 0 : file.offset();
        long wanted = device ? frame.arg(2) : Math.max(0, Math.min(frame.arg(2), vnode.sizeBytes() - start));
        long done = 0;
        while (done < wanted && error == 0) {
            int part = part(start + done, wanted - done);
            error = FileIo.read(context, vnode, start + done, frame.memory().scratch(), part);
            if (error == 0) {
                error = frame.memory().copyout(frame.memory().scratch(), 0, part, frame.arg(1) + done);
            }
            done += error == 0 ? part : 0;
        }
        return finish(frame, file, start, done, error);
    }

    static int write(SyscallFrame frame) {
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        int error = check(file, OpenFile.WRITE, frame.arg(2));
        if (error != 0) {
            return error;
        }
        if (file.pipe() != null) {
            return writePipe(frame, file.pipe());
        }
        Vnode vnode = file.vnode();
        VmContext context = frame.caller().vmspace().map().context();
        if (vnode.type() == VnodeType.ZERO_DEVICE) {
            // Whatever is written is gone.
            frame.result(frame.arg(2));
            return 0;
        }
        long start = file.has(OpenFile.APPEND) ? vnode.sizeBytes() : file.offset();
        boolean fixedSize = vnode.type() == VnodeType.FRAME_BUFFER;
        long wanted = fixedSize ? Math.max(0, Math.min(frame.arg(2), vnode.sizeBytes() - start)) : frame.arg(2);
        long done = 0;
        while (done < wanted && error == 0) {
            int part = part(start + done, wanted - done);
            error = frame.memory().copyin(frame.arg(1) + done, frame.memory().scratch(), 0, part);
            if (error == 0) {
                error = FileIo.write(context, vnode, start + done, frame.memory().scratch(), part);
            }
            done += error == 0 ? part : 0;
        }
        return finish(frame, file, start, done, error);
    }

    private static int check(OpenFile file, int access, long length) {
        if (file == null || !file.has(access)) {
            return Errno.EBADF;
        }
        if (length < 0 || length > Integer.MAX_VALUE) {
            return Errno.EINVAL;
        }
        if (file.pipe() != null) {
            return 0;
        }
        if (file.vnode() == null) {
            return Errno.ENOTCONN;
        }
        return file.vnode().type() == VnodeType.DIRECTORY ? Errno.EISDIR : 0;
    }

    /** One page at most; the bytes stay in the pipe if they cannot be stored. */
    private static int readPipe(SyscallFrame frame, Pipe pipe) {
        int length = (int) Math.min(frame.arg(2), Math.min(pipe.available(), PagePool.PAGE_SIZE));
        if (length == 0 && frame.arg(2) > 0 && pipe.hasWriters()) {
            return Errno.EAGAIN;
        }
        pipe.peek(frame.memory().scratch(), length);
        int error = frame.memory().copyout(frame.memory().scratch(), 0, length, frame.arg(1));
        if (error == 0) {
            pipe.skip(length);
            frame.result(length);
        }
        return error;
    }

    private static int writePipe(SyscallFrame frame, Pipe pipe) {
        if (!pipe.hasReaders()) {
            return Errno.EPIPE;
        }
        int length = (int) Math.min(frame.arg(2), Math.min(pipe.room(), PagePool.PAGE_SIZE));
        if (length == 0 && frame.arg(2) > 0) {
            return Errno.EAGAIN;
        }
        int error = frame.memory().copyin(frame.arg(1), frame.memory().scratch(), 0, length);
        if (error == 0) {
            pipe.put(frame.memory().scratch(), length);
            frame.result(length);
        }
        return error;
    }

    /** As much as lies in one page of the file. */
    private static int part(long position, long rest) {
        return (int) Math.min(rest, PagePool.PAGE_SIZE - (position & PagePool.PAGE_MASK));
    }

    /** What was moved before an error counts; only an error at the very start is reported. */
    private static int finish(SyscallFrame frame, OpenFile file, long start, long done, int error) {
        if (error != 0 && done == 0) {
            return error;
        }
        file.offset(start + done);
        frame.result(done);
        return 0;
    }
}
