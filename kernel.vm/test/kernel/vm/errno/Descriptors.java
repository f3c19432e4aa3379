// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import kernel.vm.file.OpenFlags;
import kernel.vm.file.Vnode;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;

/** The open files that the tables name; each is opened when it is named first. */
final class Descriptors {
    private static final long P = 4096;
    private static final int CLOSED = 77;

    private final TestKernel kernel;
    private final TestProcess process;
    private final ToLongFunction<String> strings;
    private final Map<String, Long> open = new HashMap<>();

    /** For a process whose memory takes strings with this function. */
    Descriptors(TestKernel kernel, TestProcess process, ToLongFunction<String> strings) {
        this.kernel = kernel;
        this.process = process;
        this.strings = strings;
    }

    long of(String name) {
        Long known = open.get(name);
        if (known == null) {
            known = make(name);
            open.put(name, known);
        }
        return known;
    }

    private long make(String name) {
        return switch (name) {
            case "CLOSED" -> CLOSED;
            case "RDWR" -> file("/file", OpenFlags.READ_WRITE);
            case "RDONLY" -> file("/file", OpenFlags.READ_ONLY);
            case "WRONLY" -> file("/file", OpenFlags.WRITE_ONLY);
            case "DIR" -> file("/dir", OpenFlags.READ_ONLY);
            case "IMMUTABLE" -> flagged("/immutable", Vnode.IMMUTABLE);
            case "IMMUTABLE_R", "IMMUTABLE_W" -> second("IMMUTABLE", "/immutable", mode(name));
            case "APPEND" -> flagged("/append", Vnode.APPEND_ONLY);
            case "SNAPSHOT" -> flagged("/snapshot", Vnode.SNAPSHOT);
            case "NOEXEC" -> flagged("/noexec", Vnode.NOEXEC);
            case "ZERO" -> file("/dev/zero", OpenFlags.READ_WRITE);
            case "ZERO_R" -> file("/dev/zero", mode(name));
            case "FB" -> file("/dev/fb0", OpenFlags.READ_WRITE);
            case "FB_R", "FB_W" -> file("/dev/fb0", mode(name));
            case "SHM" -> memory(OpenFlags.READ_WRITE);
            case "SHM_R" -> memory(OpenFlags.READ_ONLY);
            case "SOCKET" -> process.ok("socket", 1, 1, 0);
            case "PIPE_R" -> pipe(true);
            case "PIPE_W" -> pipe(false);
            case "FIFO" -> fifo();
            case "FIFO_R", "FIFO_W" -> second("FIFO", "/fifo", mode(name));
            default -> throw new IllegalArgumentException("there is nothing called " + name);
        };
    }

    private static int mode(String name) {
        return name.endsWith("_R") ? OpenFlags.READ_ONLY : OpenFlags.WRITE_ONLY;
    }

    /** Another descriptor of a file, which is opened before it gets its flags. */
    private long second(String first, String path, int mode) {
        if (first.equals("FIFO")) {
            of(first);
        }
        long fd = file(path, mode);
        of(first);
        return fd;
    }

    private long file(String path, int mode) {
        return process.ok("open", strings.applyAsLong(path), mode, 0);
    }

    private long flagged(String path, int flags) {
        long fd = file(path, OpenFlags.READ_WRITE);
        process.files().get((int) fd).vnode().flags(flags);
        return fd;
    }

    private long memory(int mode) {
        long name = strings.applyAsLong("shared");
        long writable = process.ok("shm_open", name, OpenFlags.READ_WRITE | OpenFlags.CREATE, 0);
        process.ok("ftruncate", writable, 4 * P);
        if (mode == OpenFlags.READ_WRITE) {
            return writable;
        }
        long readable = process.ok("shm_open", name, mode, 0);
        process.ok("close", writable);
        return readable;
    }

    private long pipe(boolean reading) {
        long ends = strings.applyAsLong("........");
        process.ok("pipe2", ends, 0);
        long both = process.peek(ends);
        open.put("PIPE_R", both & 0xffff_ffffL);
        open.put("PIPE_W", both >>> 32);
        return open.get(reading ? "PIPE_R" : "PIPE_W");
    }

    private long fifo() {
        process.ok("mkfifo", strings.applyAsLong("/fifo"), 0);
        return file("/fifo", OpenFlags.READ_WRITE);
    }
}
