// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.sched.errno.Errno;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.page.FailurePlan;
import kernel.vm.page.FailurePoint;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Defects of the original that its hazards or its memory show, on and off, with all others as in the original. */
class DefectTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long VECTOR = 0x0100_0000;
    private static final int RW = 3;
    private static final int ANON = MAP_ANON | MAP_PRIVATE | MAP_FIXED;

    @TempDir
    Path root;

    private interface Body {
        void run(TestKernel kernel, TestProcess process, boolean on);
    }

    /** Four pages at A, the highest of the map, and one below them. */
    private static void both(Quirk quirk, Body body) {
        for (boolean on : new boolean[] {true, false}) {
            try (TestKernel kernel = new TestKernel()) {
                kernel.on(() -> {
                    TestProcess process = kernel.process();
                    process.ok("mmap", VECTOR, P, RW, ANON, -1, 0);
                    process.ok("mmap", A, 4 * P, RW, ANON, -1, 0);
                    kernel.vm.context().profile(on ? VmProfile.seed() : VmProfile.seed().without(quirk));
                    body.run(kernel, process, on);
                });
            }
        }
    }

    private static boolean hazard(TestKernel kernel, String call) {
        return kernel.vm.context().lastHazard().contains(call);
    }

    @Test
    void nothingSplitsAnEntry() {
        for (String call : new String[] {"mprotect", "minherit", "madvise"}) {
            both(Quirk.EMPTY_RANGE_SPLITS, (kernel, process, on) -> {
                process.ok(call, A + P, 0, 0);
                assertEquals(on ? "1000000-1001000 2000000-2001000 2001000-2004000" : "1000000-1001000 2000000-2004000",
                        process.map(), call);
            });
        }
    }

    @Test
    void lockingNothing() {
        for (String call : new String[] {"mlock", "munlock"}) {
            both(Quirk.EMPTY_RANGE_LOCKS, (kernel, process, on) -> {
                process.ok(call, A + P, 0);
                assertEquals(on, hazard(kernel, "in transition"), call);
            });
        }
    }

    @Test
    void syncOfTheHighestEntry() {
        both(Quirk.MSYNC_WRAPS_AT_HEAD, (kernel, process, on) -> {
            assertEquals(on ? Errno.EINVAL : 0, process.call("msync", A, P, 0), "a hole below");
            process.ok("munmap", VECTOR, P);
            assertEquals(0, process.call("msync", A, P, 0));
            assertEquals(on, hazard(kernel, "msync"), "no hole");
        });
    }

    @Test
    void bytesOfSkippedEntries() {
        both(Quirk.MINCORE_STORES_TOO_LOW, (kernel, process, on) -> {
            process.poke(VECTOR, -1);
            process.ok("mincore", A, 2 * P, VECTOR + 4);
            // Two bytes of zeros from 4 on, or one place lower.
            assertEquals(~(0xffffL << (on ? 24 : 32)), process.peek(VECTOR));
        });
    }

    @Test
    void failedWrites() throws IOException {
        Files.write(root.resolve("file"), new byte[(int) P]);
        for (boolean on : new boolean[] {true, false}) {
            try (TestKernel kernel = new TestKernel(16L << 20, root)) {
                kernel.on(() -> {
                    TestProcess process = kernel.process();
                    process.ok("mmap", VECTOR, P, RW, ANON, -1, 0);
                    long fd = process.ok("open", process.string(VECTOR, "/file"), 2, 0);
                    process.ok("mmap", A, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
                    process.poke(A, 1);
                    VmProfile seed = VmProfile.seed();
                    kernel.vm.context().profile(on ? seed : seed.without(Quirk.LOST_WRITE_ERRORS));
                    kernel.vm.pages().failures(point -> point == FailurePoint.PAGE_OUT);
                    assertEquals(on ? 0 : Errno.EIO, process.call("fsync", fd));
                    kernel.vm.pages().failures(FailurePlan.NONE);
                    process.exit();
                });
            }
        }
    }
}
