// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import java.nio.charset.StandardCharsets;
import kernel.sched.errno.Errno;
import kernel.vm.file.FileIo;
import kernel.vm.file.FileTable;
import kernel.vm.file.OpenFile;
import kernel.vm.file.OpenFlags;
import kernel.vm.file.VmFiles;
import kernel.vm.file.VnodeType;
import kernel.vm.object.VmContext;
import kernel.vm.syscall.SyscallFrame;

/**
 * Calls that name or change open files: {@code open}, {@code close}, {@code lseek}, {@code ftruncate}, {@code fsync},
 * {@code fcntl}, {@code socket}, {@code pipe2}, {@code mkfifo}, {@code unlink}, {@code shm_open}, {@code shm_unlink}.
 */
final class FileCalls {
    private static final int MAX_PATH_BYTES = 1024;

    private FileCalls() {}

    /** The string at an address, or null with the errno as the frame's result. */
    static String path(SyscallFrame frame) {
        byte[] bytes = new byte[MAX_PATH_BYTES];
        int error = frame.memory().copyinString(frame.arg(0), bytes);
        if (error != 0) {
            frame.result(error);
            return null;
        }
        return new String(bytes, 0, frame.memory().length(), StandardCharsets.UTF_8);
    }

    /** Gives the frame's result back as the error of the call. */
    static int pathError(SyscallFrame frame) {
        int error = (int) frame.result();
        frame.result(0);
        return error;
    }

    static int open(SyscallFrame frame) {
        int flags = frame.intArg(1);
        if ((flags & OpenFlags.ACCESS_MODE) == OpenFlags.ACCESS_MODE) {
            return Errno.EINVAL;
        }
        String path = path(frame);
        if (path == null) {
            return pathError(frame);
        }
        VmFiles files = frame.caller().files().files();
        int error = files.open(path, flags);
        if (error != 0) {
            return error;
        }
        OpenFile file = files.opened();
        error = files.awaitOtherEnd(file);
        if (error != 0) {
            file.drop();
            return error;
        }
        return install(frame, file);
    }

    /** Names may be anything; a memory file lives until it is unlinked and nobody uses it. */
    static int shmOpen(SyscallFrame frame) {
        int flags = frame.intArg(1);
        int mode = flags & OpenFlags.ACCESS_MODE;
        if (mode != OpenFlags.READ_ONLY && mode != OpenFlags.READ_WRITE) {
            return Errno.EINVAL;
        }
        String name = path(frame);
        if (name == null) {
            return pathError(frame);
        }
        VmFiles files = frame.caller().files().files();
        int error = files.openMemory(name, flags);
        return error != 0 ? error : install(frame, files.opened());
    }

    private static int install(SyscallFrame frame, OpenFile file) {
        int descriptor = frame.caller().files().add(file);
        if (descriptor == FileTable.FULL) {
            file.drop();
            return Errno.EMFILE;
        }
        frame.result(descriptor);
        return 0;
    }

    /** A socket is only there to be refused: nothing can be connected to it. */
    static int socket(SyscallFrame frame) {
        VmFiles files = frame.caller().files().files();
        files.openSocket();
        return install(frame, files.opened());
    }

    /** Two descriptors, the first to read from. Nothing is ever executed here, so O_CLOEXEC means nothing. */
    static int pipe(SyscallFrame frame) {
        int flags = frame.intArg(1);
        if ((flags & ~(OpenFlags.NONBLOCK | OpenFlags.CLOSE_ON_EXEC)) != 0) {
            return Errno.EINVAL;
        }
        FileTable table = frame.caller().files();
        OpenFile writeEnd = table.files().openPipe(flags & OpenFlags.NONBLOCK);
        int from = table.add(table.files().opened());
        int to = from == FileTable.FULL ? FileTable.FULL : table.add(writeEnd);
        int error = to == FileTable.FULL
                ? Errno.EMFILE
                : frame.memory().store32(frame.arg(0), from) != 0 || frame.memory().store32(frame.arg(0) + 4, to) != 0
                        ? Errno.EFAULT
                        : 0;
        if (error == 0) {
            return 0;
        }
        if (from == FileTable.FULL) {
            table.files().opened().drop();
        } else {
            table.close(from);
        }
        if (to == FileTable.FULL) {
            writeEnd.drop();
        } else {
            table.close(to);
        }
        return error;
    }

    static int mkfifo(SyscallFrame frame) {
        String path = path(frame);
        return path == null ? pathError(frame) : frame.caller().files().files().makeFifo(path);
    }

    static int close(SyscallFrame frame) {
        return frame.caller().files().close(frame.intArg(0)) ? 0 : Errno.EBADF;
    }

    static int unlink(SyscallFrame frame) {
        String path = path(frame);
        return path == null ? pathError(frame) : frame.caller().files().files().unlink(path);
    }

    static int shmUnlink(SyscallFrame frame) {
        String name = path(frame);
        return name == null ? pathError(frame) : frame.caller().files().files().unlinkMemory(name);
    }

    static int lseek(SyscallFrame frame) {
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        if (file == null) {
            return Errno.EBADF;
        }
        if (file.vnode() == null || file.vnode().type() == VnodeType.FIFO) {
            return Errno.ESPIPE;
        }
        if (file.vnode().type() == VnodeType.ZERO_DEVICE) {
            frame.result(0);
            return 0;
        }
        long base;
        switch (frame.intArg(2)) {
            case FileSymbols.SEEK_SET -> base = 0;
            case FileSymbols.SEEK_CUR -> base = file.offset();
            case FileSymbols.SEEK_END -> base = file.vnode().sizeBytes();
            default -> {
                return Errno.EINVAL;
            }
        }
        long target = base + frame.arg(1);
        if (frame.arg(1) > 0 && target < base) {
            return Errno.EOVERFLOW;
        }
        if (target < 0) {
            return Errno.EINVAL;
        }
        file.offset(target);
        frame.result(target);
        return 0;
    }

    /** As much of it as there is: the flags of the open file. */
    static int fcntl(SyscallFrame frame) {
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        if (file == null) {
            return Errno.EBADF;
        }
        switch (frame.intArg(1)) {
            case FileSymbols.F_GETFL -> frame.result(OpenFlags.ofFile(file.flags()));
            case FileSymbols.F_SETFL -> file.statusFlags(frame.intArg(2));
            default -> {
                return Errno.EINVAL;
            }
        }
        return 0;
    }

    static int ftruncate(SyscallFrame frame) {
        long size = frame.arg(1);
        if (size < 0) {
            return Errno.EINVAL;
        }
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        if (file == null) {
            return Errno.EBADF;
        }
        if (file.vnode() == null || file.vnode().type() != VnodeType.REGULAR || !file.has(OpenFile.WRITE)) {
            return Errno.EINVAL;
        }
        VmContext context = frame.caller().vmspace().map().context();
        file.reference();
        int error;
        int waits = 0;
        do {
            error = FileIo.truncate(context, file.vnode(), size);
        } while (error == Errno.ENOMEM && frame.memory().awaitFrames(waits++));
        file.drop();
        return error;
    }

    static int fsync(SyscallFrame frame) {
        OpenFile file = frame.caller().files().get(frame.intArg(0));
        if (file == null) {
            return Errno.EBADF;
        }
        return file.vnode() == null ? Errno.EINVAL : FileIo.sync(file.vnode());
    }
}
