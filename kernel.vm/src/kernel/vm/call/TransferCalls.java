// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.file.FileIo;
import kernel.vm.file.OpenFile;
import kernel.vm.file.Vnode;
import kernel.vm.file.VnodeType;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.UserMemory;

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
        // Another LWP may close the descriptor while this one sleeps.
        file.reference();
        error = file.pipe() != null ? PipeCalls.read(frame, file) : readFile(frame, file);
        file.drop();
        return error;
    }

    private static int readFile(SyscallFrame frame, OpenFile file) {
        Vnode vnode = file.vnode();
        VmContext context = frame.caller().vmspace().map().context();
        boolean zeros = vnode.type() == VnodeType.ZERO_DEVICE;
        long start = zeros ? 0 : file.offset();
        long wanted = zeros ? frame.arg(2) : Math.max(0, Math.min(frame.arg(2), vnode.sizeBytes() - start));
        long done = 0;
        int error = 0;
        while (done < wanted && error == 0) {
            int part = part(start + done, wanted - done);
            error = load(context, vnode, start + done, frame.memory(), part);
            if (error == 0) {
                error = frame.memory().copyout(frame.memory().scratch(), 0, part, frame.arg(1) + done);
            }
            done += error == 0 ? part : 0;
        }
        return finish(frame, file, start, done, error);
    }

    /** Reads a part of a file into the buffer of the LWP; waits for memory as a fault does. */
    private static int load(VmContext context, Vnode vnode, long position, UserMemory memory, int part) {
        int error;
        int waits = 0;
        do {
            error = FileIo.read(context, vnode, position, memory.scratch(), part);
        } while (error == Errno.ENOMEM && memory.awaitFrames(waits++));
        return error;
    }

    static int write(SyscallFrame frame) {
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        int error = check(file, OpenFile.WRITE, frame.arg(2));
        if (error != 0) {
            return error;
        }
        file.reference();
        error = file.pipe() != null ? PipeCalls.write(frame, file) : writeFile(frame, file);
        file.drop();
        return error;
    }

    private static int writeFile(SyscallFrame frame, OpenFile file) {
        Vnode vnode = file.vnode();
        VmContext context = frame.caller().vmspace().map().context();
        if (vnode.type() == VnodeType.ZERO_DEVICE) {
            // Whatever is written is gone.
            frame.result(frame.arg(2));
            return 0;
        }
        long start = file.has(OpenFile.APPEND) ? vnode.sizeBytes() : file.offset();
        boolean fixedSize = vnode.type() == VnodeType.DEVICE;
        long wanted = fixedSize ? Math.max(0, Math.min(frame.arg(2), vnode.sizeBytes() - start)) : frame.arg(2);
        long done = 0;
        int error = 0;
        while (done < wanted && error == 0) {
            int part = part(start + done, wanted - done);
            error = frame.memory().copyin(frame.arg(1) + done, frame.memory().scratch(), 0, part);
            if (error == 0) {
                error = store(context, vnode, start + done, frame.memory(), part);
            }
            done += error == 0 ? part : 0;
        }
        return finish(frame, file, start, done, error);
    }

    /** Writes a part of a file from the buffer of the LWP; a memory file that gets no page is full. */
    private static int store(VmContext context, Vnode vnode, long position, UserMemory memory, int part) {
        int error;
        int waits = 0;
        do {
            error = FileIo.write(context, vnode, position, memory.scratch(), part);
        } while (error == Errno.ENOMEM && memory.awaitFrames(waits++));
        return error == Errno.ENOMEM ? Errno.ENOSPC : error;
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
