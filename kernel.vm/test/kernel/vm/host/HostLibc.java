// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/** The calls of the host's C library, on Linux; each gives its value or a negated errno. */
final class HostLibc {
    static final int MAP_FIXED = 0x10;

    private final Linker linker = Linker.nativeLinker();
    private final Arena arena = Arena.global();
    private final StructLayout stateLayout = Linker.Option.captureStateLayout();
    private final VarHandle errno = stateLayout.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private final MemorySegment state = arena.allocate(stateLayout);
    private final MemorySegment word = arena.allocate(JAVA_LONG);
    private final MethodHandle mmap = handle("mmap",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private final MethodHandle munmap = handle("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private final MethodHandle mprotect = range("mprotect");
    private final MethodHandle msync = range("msync");
    private final MethodHandle madvise = range("madvise");
    private final MethodHandle read = transfer("read");
    private final MethodHandle write = transfer("write");

    private MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor, all);
    }

    private MethodHandle range(String name) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    }

    private MethodHandle transfer(String name) {
        return handle(name, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    }

    private long result(long value) {
        return value == -1 ? -(int) errno.get(state, 0L) : value;
    }

    /** What a handle threw; none of these calls throws for any argument. */
    private static AssertionError broken(Throwable thrown) {
        return new AssertionError("a call of the host failed", thrown);
    }

    /** 0 or a negated errno. */
    long mmap(long address, long bytes, int prot, int flags, int fd, long offset) {
        try {
            return Math.min(0, result((long) mmap.invokeExact(state, address, bytes, prot, flags, fd, offset)));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    long munmap(long address, long bytes) {
        try {
            return result((int) munmap.invokeExact(state, address, bytes));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    long mprotect(long address, long bytes, int prot) {
        return range(mprotect, address, bytes, prot);
    }

    long msync(long address, long bytes, int flags) {
        return range(msync, address, bytes, flags);
    }

    long madvise(long address, long bytes, int advice) {
        return range(madvise, address, bytes, advice);
    }

    private long range(MethodHandle call, long address, long bytes, int last) {
        try {
            return result((int) call.invokeExact(state, address, bytes, last));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    long read(int fd, long address, long bytes) {
        return transfer(read, fd, address, bytes);
    }

    long write(int fd, long address, long bytes) {
        return transfer(write, fd, address, bytes);
    }

    private long transfer(MethodHandle call, int fd, long address, long bytes) {
        try {
            return result((long) call.invokeExact(state, fd, address, bytes));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    /** Puts a word into a pipe. */
    void put(int fd, long value) {
        word.set(JAVA_LONG, 0, value);
        write(fd, word.address(), JAVA_LONG.byteSize());
    }

    /** Takes a word out of a pipe. */
    long take(int fd) {
        read(fd, word.address(), JAVA_LONG.byteSize());
        return word.get(JAVA_LONG, 0);
    }

    int open(Path path, int flags) {
        MethodHandle open = handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        try {
            return (int) open.invokeExact(state, arena.allocateFrom(path.toString()), flags, 0);
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    int[] pipe() {
        MethodHandle pipe = handle("pipe", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        MemorySegment ends = arena.allocate(JAVA_INT, 2);
        try {
            int failed = (int) pipe.invokeExact(state, ends);
            if (failed != 0) {
                throw new IllegalStateException("the host has no pipe left");
            }
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
        return new int[] {ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1)};
    }
}
