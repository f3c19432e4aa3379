// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.failure;

import static kernel.vm.call.MemorySymbols.MADV_WILLNEED;
import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static kernel.vm.failure.Attempt.A;
import static kernel.vm.failure.Attempt.P;

import java.util.function.Consumer;

/** Courses of calls that between them come by every place where something can fail. */
enum Course {
    ANONYMOUS(16L << 20, attempt -> {
        attempt.map(A, 4, MAP_ANON | MAP_PRIVATE, -1);
        for (int i = 0; i < 4; i++) {
            attempt.poke(A + i * P, 1 + i);
        }
        attempt.call("mprotect", A, P, 1);
        attempt.call("munmap", A + P, P);
        attempt.poke(A + 2 * P, 9);
        attempt.map(A + 512 * P, 1, MAP_ANON | MAP_SHARED, -1);
        attempt.poke(A + 512 * P, 7);
    }),
    STACK(16L << 20, attempt -> {
        attempt.map(A, 256, MAP_STACK, -1);
        for (int i = 255; i > 1; i -= 31) {
            attempt.poke(A + i * P, i);
        }
    }),
    FORK(16L << 20, attempt -> {
        attempt.map(A, 4, MAP_ANON | MAP_PRIVATE, -1);
        attempt.poke(A, 1);
        attempt.poke(A + P, 2);
        attempt.fork(A, A + P, A + 2 * P);
        attempt.poke(A, 3);
        attempt.call("mlock", A, 2 * P);
        attempt.fork(A, A + P);
        attempt.call("munlock", A, 2 * P);
    }),
    FILE(16L << 20, attempt -> {
        attempt.map(A, 8, MAP_SHARED, 0);
        attempt.map(A + 16 * P, 8, MAP_PRIVATE, 0);
        attempt.peek(A + P);
        attempt.poke(A, 5);
        attempt.call("msync", A, 8 * P, 0);
        attempt.poke(A + 16 * P, 6);
        attempt.call("madvise", A, 8 * P, MADV_WILLNEED);
        attempt.call("mlock", A + 16 * P, 2 * P);
        attempt.poke(A + P, 8);
        attempt.call("fsync", 0);
        attempt.call("munmap", A + 16 * P, 8 * P);
    }),
    MEMORY_FILE(16L << 20, attempt -> {
        attempt.map(A, 8, MAP_SHARED, 1);
        attempt.poke(A, 1);
        attempt.call("lseek", 1, 4 * P, 0);
        attempt.call("write", 1, A, 16);
        attempt.peek(A + 5 * P);
        attempt.call("ftruncate", 1, P);
        attempt.call("ftruncate", 1, 8 * P);
    }),
    LOCKED_COPY(16L << 20, attempt -> {
        attempt.call("mmap", A, P, 1, MAP_PRIVATE | 0x10, 0, 0);
        attempt.call("mlock", A, P);
        attempt.call("mprotect", A, P, 3);
        if (attempt.worked()) {
            attempt.poke(A, 4);
        }
    }),
    /** More pages than frames, so that they go out and come back. */
    PAGING(100 * P, attempt -> {
        attempt.map(A, 140, MAP_ANON | MAP_PRIVATE, -1);
        for (int i = 0; i < 140; i++) {
            attempt.poke(A + i * P, i);
        }
        for (int i = 0; i < 140; i += 10) {
            attempt.peek(A + i * P);
        }
    });

    private final long memoryBytes;
    private final Consumer<Attempt> body;

    Course(long memoryBytes, Consumer<Attempt> body) {
        this.memoryBytes = memoryBytes;
        this.body = body;
    }

    long memoryBytes() {
        return memoryBytes;
    }

    Consumer<Attempt> body() {
        return body;
    }
}
