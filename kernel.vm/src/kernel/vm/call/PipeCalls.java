// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.sched.errno.Errno;
import kernel.vm.file.OpenFile;
import kernel.vm.file.Pipe;
import kernel.vm.page.PagePool;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.UserMemory;

/** Reading and writing pipes and FIFOs, which wait for each other ({@code pipe_read} and {@code pipe_write}). */
final class PipeCalls {
    private PipeCalls() {}

    /** Whether the call must not wait: O_NONBLOCK, or whoever makes it cannot sleep. */
    private static boolean atOnce(SyscallFrame frame, OpenFile file) {
        return file.has(OpenFile.NONBLOCK) || !frame.caller().vmspace().map().context().waits().canSleep();
    }

    /** What there is, as far as it fits; bytes that cannot be stored stay in the pipe. */
    static int read(SyscallFrame frame, OpenFile file) {
        long wanted = frame.arg(2);
        if (wanted == 0) {
            return 0;
        }
        Pipe pipe = file.pipe();
        int error = pipe.enter(atOnce(frame, file));
        if (error != 0) {
            return error;
        }
        UserMemory memory = frame.memory();
        long done = 0;
        while (error == 0 && done < wanted && pipe.available() > 0) {
            int part = (int) Math.min(wanted - done, Math.min(pipe.available(), PagePool.PAGE_SIZE));
            pipe.peek(memory.scratch(), part);
            error = memory.copyout(memory.scratch(), 0, part, frame.arg(1) + done);
            if (error == 0) {
                pipe.skip(part);
                done += part;
            }
        }
        pipe.leave();
        frame.result(done);
        return error;
    }

    /** All of it, unless it must not wait; up to PIPE_BUF bytes go as one. */
    static int write(SyscallFrame frame, OpenFile file) {
        Pipe pipe = file.pipe();
        UserMemory memory = frame.memory();
        boolean atOnce = atOnce(frame, file);
        long total = frame.arg(2);
        long done = 0;
        int error = pipe.hasReaders() ? 0 : Errno.EPIPE;
        while (error == 0 && done < total) {
            int part = (int) Math.min(total - done, PagePool.PAGE_SIZE);
            error = memory.copyin(frame.arg(1) + done, memory.scratch(), 0, part);
            int put = 0;
            while (error == 0 && put < part) {
                error = pipe.awaitRoom(total <= Pipe.ATOMIC ? part : 1, atOnce);
                if (error == 0) {
                    int fits = Math.min(part - put, pipe.room());
                    pipe.put(memory.scratch(), put, fits);
                    put += fits;
                }
            }
            done += put;
        }
        if (error == Errno.EPIPE) {
            frame.caller().brokenPipe();
        }
        boolean waiting = error == Errno.EAGAIN || error == Errno.EINTR || error == Errno.ERESTART;
        frame.result(done);
        return waiting && done > 0 ? 0 : error;
    }
}
