// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.vm.map.VmLimits;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each quirk that more than an errno of one call shows, on and off, with all others as in the original. */
class QuirkTest {
    private static final long P = 4096;
    private static final long M = 1 << 20;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final long FREE = 0x1000_0000;
    private static final int RW = 3;
    private static final int SIGSEGV = 11;
    private static final int ANON = MAP_ANON | MAP_PRIVATE;

    @TempDir
    static Path root;

    private interface Body {
        void run(TestKernel kernel, TestProcess process, boolean on);
    }

    /** Runs something with a quirk and without it: four pages at A, one page of text, a file of four pages. */
    private static void both(Quirk quirk, Body body) {
        for (boolean on : new boolean[] {true, false}) {
            try (TestKernel kernel = new TestKernel(16L << 20, root)) {
                Files.write(root.resolve("file"), new byte[(int) (4 * P)]);
                kernel.on(() -> {
                    TestProcess process = kernel.process();
                    process.ok("mmap", A, 4 * P, RW, ANON | MAP_FIXED, -1, 0);
                    process.ok("mmap", TEXT, P, RW, ANON | MAP_FIXED, -1, 0);
                    kernel.vm.context().profile(on ? VmProfile.seed() : VmProfile.seed().without(quirk));
                    body.run(kernel, process, on);
                });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static long open(TestProcess process, int mode) {
        return process.ok("open", process.string(TEXT, "/file"), mode, 0);
    }

    /** One call, its errno with the quirk and without. */
    static Stream<Arguments> rows() {
        int einval = Errno.EINVAL;
        return Stream.of(
                row(Quirk.STACK_NEVER_SEARCHES, Errno.ENOMEM, 0, "mmap", A, 2 * P, RW, MAP_STACK, -1, 0),
                row(Quirk.HUGE_LENGTH_EMPTY, 0, einval, "munmap", A, -1),
                row(Quirk.HUGE_LENGTH_EMPTY, 0, einval, "mprotect", A, -1, 1),
                row(Quirk.HUGE_LENGTH_EMPTY, 0, einval, "minherit", A, -1, 1),
                row(Quirk.HUGE_LENGTH_EMPTY, 0, einval, "msync", A, -1, 0),
                row(Quirk.HUGE_LENGTH_WRAPS, 0, einval, "munmap", A + 2, -1),
                row(Quirk.HUGE_LENGTH_WRAPS, 0, einval, "mprotect", A + 2, -1, 1),
                row(Quirk.LOCK_TRY_AGAIN, Errno.EAGAIN, Errno.ENOMEM, "mlock", A, 3 * P),
                row(Quirk.INHERIT_CUT, 0, einval, "minherit", A, P, 256),
                row(Quirk.ADVICE_ROUNDS, 0, einval, "madvise", A + 1, P, 0),
                row(Quirk.ADVICE_ROUNDS, 0, Errno.ENOMEM, "madvise", A, 5 * P, 0),
                row(Quirk.MINCORE_HUGE_EMPTY, 0, Errno.ENOMEM, "mincore", A, -1, TEXT),
                row(Quirk.NEGATIVE_LENGTH, einval, Errno.ENOMEM, "mmap", 0, Long.MIN_VALUE, RW, ANON, -1, 0));
    }

    private static Arguments row(Quirk quirk, int on, int off, String call, long... arguments) {
        return Arguments.of(quirk, on, off, call, arguments);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anErrno(Quirk quirk, int with, int without, String call, long[] arguments) {
        both(quirk, (kernel, process, on) -> {
            PagePool pages = kernel.vm.pages();
            if (quirk == Quirk.LOCK_TRY_AGAIN) {
                kernel.vm.context().tunables().maxWired(Math.max(3, pages.wired() + 1));
            }
            assertEquals(on ? with : without, process.call(call, arguments));
        });
    }

    @Test
    void stacksReserve() {
        both(Quirk.STACK_RESERVES_NOTHING, (kernel, process, on) -> {
            process.ok("mmap", FREE, M, RW, MAP_STACK, -1, 0);
            long inside = process.ok("mmap", FREE, P, RW, ANON, -1, 0);
            assertEquals(on, inside == FREE);
        });
    }

    @Test
    void aStackThatWrapsIsDiagnosed() {
        for (boolean on : new boolean[] {true, false}) {
            VmLimits narrow = new VmLimits(0, TestKernel.LIMITS.maxAddress(), 32, false, TestKernel.GROW_BYTES);
            try (TestKernel kernel = new TestKernel(narrow)) {
                kernel.on(() -> {
                    VmProfile seed = VmProfile.seed();
                    kernel.vm.context().profile(on ? seed : seed.without(Quirk.STACK_WRAPS));
                    TestProcess process = kernel.process();
                    long last = 0xffff_e000L;
                    assertEquals(Errno.ENOMEM, process.call("mmap", last, Integer.MAX_VALUE, RW, MAP_STACK, -1, 0));
                    assertEquals(on, kernel.vm.context().lastHazard().contains("wraps around"));
                    assertEquals("", process.map());
                });
            }
        }
    }

    @Test
    void futureMappingsAndTheirLimit() {
        both(Quirk.FUTURE_LOCKING_UNLIMITED, (kernel, process, on) -> {
            process.ok("mlockall", MemorySymbols.MCL_FUTURE);
            process.limit(Resource.MEMLOCK, 2 * P);
            assertEquals(on ? 0 : Errno.ENOMEM, process.call("mmap", 0, 3 * P, RW, ANON, -1, 0));
            process.limit(Resource.MEMLOCK, 100 * M);
            int before = process.vmspace().pmap().wiredCount();
            process.ok("mmap", FREE, M, RW, MAP_STACK, -1, 0);
            int locked = process.vmspace().pmap().wiredCount() - before;
            assertEquals(on ? 0 : TestKernel.GROW_BYTES / P, locked, "pages of the stack that are locked");
            process.poke(FREE + M - TestKernel.GROW_BYTES - 8, 1);
            assertTrue(process.vmspace().pmap().wiredCount() - before - locked >= TestKernel.GROW_BYTES / P, "growth is");
        });
    }

    @Test
    void aRestartOfMincore() {
        both(Quirk.MINCORE_RESTART_FORGETS, (kernel, process, on) -> {
            for (int i = 0; i < 4; i++) {
                process.poke(A + i * P, 1);
            }
            // The vector crosses into the room of a stack, which grows by the store and so changes the map.
            process.ok("mmap", FREE, M, RW, MAP_STACK, -1, 0);
            long vector = FREE + M - TestKernel.GROW_BYTES - 3;
            assertEquals(0, process.call("mincore", A, 4 * P, vector));
            byte[] bytes = new byte[4];
            process.memory().copyin(vector, bytes, 0, 4);
            assertEquals(on ? 0 : 0x1f, bytes[0], "what was stored before the map changed");
            assertEquals(0x1f, bytes[3]);
        });
    }

    @Test
    void mincoreAndBackingObjects() {
        both(Quirk.MINCORE_TOP_OBJECT_ONLY, (kernel, process, on) -> {
            process.poke(A, 1);
            TestProcess child = process.fork();
            process.poke(A + P, 1);
            process.vmspace().pmap().remove(A, A + P);
            assertEquals(0, process.call("mincore", A, P, TEXT));
            assertEquals(on ? 0 : 1, process.peek(TEXT) & 1, "a page behind the shadow, not mapped");
            child.exit();
        });
    }

    @Test
    void mincoreAndOthers() {
        both(Quirk.MINCORE_SEES_OTHERS, (kernel, process, on) -> {
            long fd = open(process, 2);
            TestProcess other = process.fork();
            process.ok("mmap", FREE, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
            other.ok("mmap", FREE, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
            other.poke(FREE, 1);
            assertEquals(0, process.call("mincore", FREE, P, TEXT));
            assertEquals(on, (process.peek(TEXT) & 1) != 0, "a page that only the other one uses");
            other.exit();
        });
    }

    @Test
    void lockedPrivatePages() {
        both(Quirk.LOCKED_COPY_UNWRITABLE, (kernel, process, on) -> {
            long fd = open(process, 0);
            process.ok("mmap", FREE, 2 * P, 1, MAP_PRIVATE | MAP_FIXED, fd, 0);
            process.ok("mlock", FREE, 2 * P);
            long wired = kernel.vm.pages().wired();
            process.ok("mprotect", FREE, 2 * P, RW);
            assertEquals(wired, kernel.vm.pages().wired(), "as many are locked");
            assertEquals(2, process.vmspace().pmap().wiredCount());
            assertEquals(on ? SIGSEGV : 0, process.poke(FREE, 7));
            process.ok("munlock", FREE, 2 * P);
            assertEquals(0, process.vmspace().pmap().wiredCount());
            process.exit();
            assertEquals(0, kernel.pagesInUse());
        });
    }

    @Test
    void lockedPagesCount() {
        both(Quirk.LOCKED_COUNTS_TWICE, (kernel, process, on) -> {
            process.limit(Resource.MEMLOCK, 3 * P);
            process.ok("mlock", A, 2 * P);
            assertEquals(on ? Errno.ENOMEM : 0, process.call("mlock", A, 3 * P));
        });
    }

    @Test
    void forkAndSharedLockedPages() {
        both(Quirk.FORK_COPIES_WIRED, (kernel, process, on) -> {
            process.ok("minherit", A, P, 0);
            process.ok("mlock", A, P);
            TestProcess child = process.fork();
            assertEquals(on, kernel.vm.context().lastHazard().contains("fork"));
            assertEquals(0, child.vmspace().pmap().wiredCount());
            child.exit();
        });
    }

    @Test
    void lockedPagesWithoutTranslation() {
        both(Quirk.UNWIRE_BY_TRANSLATION, (kernel, process, on) -> {
            long fd = open(process, 2);
            process.ok("mmap", FREE, P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
            process.peek(FREE);
            long wired = kernel.vm.pages().wired();
            process.ok("mlock", FREE, P);
            process.ok("ftruncate", fd, 0);
            process.ok("munlock", FREE, P);
            assertEquals(on ? wired + 1 : wired, kernel.vm.pages().wired(), "wired after truncate and unlock");
        });
    }

    @Test
    void sharersOfACopy() {
        both(Quirk.SHARED_COPY_UNSEEN, (kernel, process, on) -> {
            long fd = open(process, 2);
            process.ok("mmap", FREE, P, RW, MAP_PRIVATE | MAP_FIXED, fd, 0);
            process.ok("minherit", FREE, P, 0);
            TestProcess child = process.fork();
            assertEquals(0, child.peek(FREE), "the child maps the page of the file");
            process.poke(FREE, 7);
            assertEquals(on ? 0 : 7, child.peek(FREE));
            child.exit();
        });
    }

    @Test
    void manyPagesOfMincore() {
        long end = 1L << 46;
        VmLimits wide = new VmLimits(0, end, 64, false, TestKernel.GROW_BYTES);
        for (boolean on : new boolean[] {true, false}) {
            try (TestKernel kernel = new TestKernel(wide)) {
                kernel.on(() -> {
                    VmProfile seed = VmProfile.seed();
                    kernel.vm.context().profile(on ? seed : seed.without(Quirk.MINCORE_INDEX_OVERFLOWS));
                    TestProcess process = kernel.process();
                    long at = process.ok("mmap", 0, 1L << 44, RW, ANON, -1, 0);
                    assertEquals(Errno.EFAULT, process.call("mincore", at, 1L << 44, 0));
                    assertEquals(on, kernel.vm.context().lastHazard().contains("mincore"));
                });
            }
        }
    }

    @Test
    void positionsOfTheZeroDevice() {
        both(Quirk.ZERO_DEVICE_POSITION, (kernel, process, on) -> {
            long fd = process.ok("open", process.string(TEXT, "/dev/zero"), 2, 0);
            process.ok("mmap", FREE, P, RW, MAP_PRIVATE | MAP_FIXED, fd, 5 * P);
            assertEquals(on ? 5 * P : 0, process.entry(FREE).offsetBytes());
            process.poke(FREE, 1);
            assertEquals(0, process.entry(FREE).offsetBytes(), "its object begins anew");
        });
    }

    @Test
    void nothingAtAnUnalignedAddress() {
        both(Quirk.EMPTY_UNALIGNED, (kernel, process, on) -> {
            process.ok("mprotect", A + 1, 0, 1);
            assertEquals(on ? 1 : RW, process.entry(A).protection());
            process.ok("mlock", A + P + 1, 0);
            assertEquals(on ? 1 : 0, process.vmspace().pmap().wiredCount());
            process.ok("madvise", A + 2 * P + 1, 0, MemorySymbols.MADV_RANDOM);
            assertEquals(on, process.entry(A + 2 * P).flags() != 0);
        });
    }

    @Test
    void aFailedLockOfEverything() {
        both(Quirk.FAILED_LOCK_KEEPS_FUTURE, (kernel, process, on) -> {
            long fd = open(process, 2);
            process.ok("mmap", FREE, 8 * P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
            int both = MemorySymbols.MCL_CURRENT | MemorySymbols.MCL_FUTURE;
            assertEquals(Errno.EAGAIN, process.call("mlockall", both), "pages behind the end of the file");
            assertEquals(on, process.vmspace().wireFuture());
        });
    }

    @Test
    void theLimitOfEntries() {
        both(Quirk.ENTRY_LIMIT, (kernel, process, on) -> {
            kernel.vm.context().tunables().maxProcMmap(1);
            assertEquals(on ? Errno.ENOMEM : 0, process.call("mmap", 0, P, RW, ANON, -1, 0));
            assertNotNull(process.entry(A));
        });
    }

    @Test
    void lockingEverythingAndItsLimit() {
        both(Quirk.LOCK_ALL_UNLIMITED, (kernel, process, on) -> {
            process.limit(Resource.MEMLOCK, P);
            assertEquals(on ? 0 : Errno.ENOMEM, process.call("mlockall", MemorySymbols.MCL_CURRENT));
            process.root = false;
            assertEquals(on ? Errno.EINVAL : Errno.EPERM, process.call("mlockall", 0), "flags or privilege first");
        });
    }
}
