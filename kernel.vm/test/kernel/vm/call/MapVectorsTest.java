// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MADV_FREE;
import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import kernel.vm.fault.FaultSignal;
import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmMapEntry;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.page.VmCounter;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;

/** Addresses, entries, objects and contents after particular sequences of calls. */
class MapVectorsTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long H = TestProcess.HEAP_END;
    private static final int RW = 3;
    private static final int ANON = MAP_ANON | MAP_PRIVATE;

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    private static void with(Body body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                body.run(kernel, process);
                MapChecks.check(kernel.vm);
                process.exit();
                assertEquals(0, kernel.pagesInUse(), "pages left");
                assertEquals(0, kernel.vm.context().objects().live(), "objects left");
            });
        }
    }

    private static long anon(TestProcess process, long address, long pages, int prot) {
        return process.ok("mmap", address, pages * P, prot, ANON | MAP_FIXED, -1, 0);
    }

    @Test
    void placement() {
        with((kernel, process) -> {
            assertEquals(H, process.ok("mmap", 0, 0, RW, ANON, -1, 0), "length 0 gives the default address");
            assertEquals("", process.map(), "and maps nothing");
            assertEquals(H, process.ok("mmap", 0, P, RW, ANON, -1, 0));
            assertEquals(H + P, process.ok("mmap", 0, P, RW, ANON, -1, 0), "first fit above");
            assertEquals("1000000-1002000", process.map(), "equal neighbours are one entry");
            assertEquals(H + 2 * P, process.ok("mmap", H - P, P, RW, ANON, -1, 0), "a hint in the heap is moved up");
            assertEquals(0x2000_1000, process.ok("mmap", 0x2000_0123, P, RW, ANON, -1, 0), "a hint is rounded up");
            assertEquals(0x2000_2123, process.ok("mmap", 0x2000_1000, P, RW, ANON, -1, 0x123), "offset is kept");
            assertEquals(0x10123, process.ok("mmap", 0x10123, P, RW, ANON | MAP_FIXED, -1, 0x123));
            assertNotNull(process.entry(0x11fff), "the offset counts for the size");
        });
    }

    @Test
    void differentProtectionMakesTwoEntries() {
        with((kernel, process) -> {
            anon(process, A, 1, RW);
            anon(process, A + P, 1, 1);
            assertEquals("2000000-2001000 2001000-2002000", process.map());
            assertNull(process.entry(A).object(), "nothing was touched yet");
            process.ok("munmap", A + P, P);
            process.poke(A, 1);
            anon(process, A + P, 1, 1);
            assertSame(process.entry(A).object(), process.entry(A + P).object(), "both share one object");
        });
    }

    @Test
    void fixedOverTheMiddle() {
        with((kernel, process) -> {
            anon(process, A, 3, RW);
            for (int i = 0; i < 3; i++) {
                process.poke(A + i * P, i + 1);
            }
            anon(process, A + P, 1, RW);
            assertEquals("2000000-2001000 2001000-2002000 2002000-2003000", process.map());
            VmMapEntry front = process.entry(A);
            VmMapEntry tail = process.entry(A + 2 * P);
            assertSame(front.object(), tail.object());
            assertEquals(2 * P, tail.offsetBytes());
            assertNull(process.entry(A + P).object());
            assertEquals(1, process.peek(A));
            assertEquals(0, process.peek(A + P), "the middle is new");
            assertEquals(3, process.peek(A + 2 * P));
        });
    }

    @Test
    void munmapRounds() {
        with((kernel, process) -> {
            anon(process, 0x10000, 4, RW);
            process.ok("munmap", 0x10001, 1);
            assertEquals("11000-14000", process.map());
            process.ok("munmap", 0x11FFF, 2);
            assertEquals("13000-14000", process.map());
        });
    }

    @Test
    void emptyRanges() {
        with((kernel, process) -> {
            anon(process, A, 4, RW);
            process.ok("munmap", A + P, -1);
            process.ok("mprotect", A + P, 0, 1);
            process.ok("minherit", A + P, 0, 0);
            assertEquals("2000000-2004000", process.map(), "repaired: nothing happens");
            kernel.vm.context().profile(VmProfile.seed());
            process.ok("munmap", A + P, -1);
            assertEquals("2000000-2001000 2001000-2004000", process.map(), "the original splits");
            process.ok("munmap", A + 2 * P + 2, -1);
            assertEquals("2000000-2002000 2003000-2004000", process.map(), "one page by wrap-around");
        });
    }

    @Test
    void protectAndBack() {
        with((kernel, process) -> {
            anon(process, A, 3, RW);
            process.poke(A + P, 5);
            process.ok("mprotect", A + P, P, 1);
            assertEquals("2000000-2001000 2001000-2002000 2002000-2003000", process.map());
            assertEquals(FaultSignal.SIGSEGV, process.poke(A + P, 6));
            assertEquals(FaultSignal.SEGV_ACCERR, process.memory().faultCode());
            assertEquals(A + P, process.memory().faultAddress());
            process.ok("mprotect", A + P, P, RW);
            assertEquals("2000000-2003000", process.map(), "merged again");
            assertEquals(0, process.poke(A + P, 6));
            assertEquals(-FaultSignal.SIGSEGV, process.peek(A - P));
            assertEquals(FaultSignal.SEGV_MAPERR, process.memory().faultCode());
        });
    }

    @Test
    void stacksGrow() {
        with((kernel, process) -> {
            long size = 1 << 20;
            assertEquals(A, process.ok("mmap", A, size, RW, MAP_STACK, -1, 0));
            assertEquals("20e0000-2100000", process.map(), "only the top is mapped");
            assertEquals(Errno.EINVAL, process.call("munmap", A, size), "the rest is a hole");
            assertEquals(Errno.ENOMEM, process.call("mmap", A + size - P, P, RW, MAP_STACK, -1, 0), "no search");
            assertEquals(0, process.poke(A + 0xd_0000, 1));
            assertEquals(1, kernel.vm.counters().get(VmCounter.STACK_GROWTHS));
            assertNotNull(process.entry(A + 0xc_0000), "it grows by whole steps");
            assertTrue(process.entry(A + 0xc_0000).has(EntryFlags.GROWS_DOWN), "the new bottom grows on");
            assertFalse(process.entry(A + 0xe_0000).has(EntryFlags.GROWS_DOWN), "the old one does not");
            assertEquals(0, process.poke(A, 1), "down to the very bottom");
            assertEquals(FaultSignal.SIGSEGV, process.poke(A - 8, 1));
        });
    }

    @Test
    void anOrdinaryPageStopsAStack() {
        with((kernel, process) -> {
            long size = 1 << 20;
            process.ok("mmap", A, size, RW, MAP_STACK, -1, 0);
            anon(process, A + (512 << 10), 1, RW);
            assertEquals(0, process.poke(A + (600 << 10), 1));
            assertEquals(FaultSignal.SIGSEGV, process.poke(A + (100 << 10), 1));
            assertEquals(FaultSignal.SEGV_MAPERR, process.memory().faultCode());
        });
    }

    @Test
    void aStackRegionCannotWrap() {
        with((kernel, process) -> {
            long max = TestKernel.LIMITS.maxAddress();
            assertEquals(Errno.ENOMEM, process.call("mmap", max - P, 1 << 20, RW, MAP_STACK, -1, 0));
            assertEquals(Errno.ENOMEM, process.call("mmap", max - P, Long.MAX_VALUE, RW, MAP_STACK, -1, 0));
            assertEquals("", process.map());
        });
    }

    @Test
    void stackLimits() {
        with((kernel, process) -> {
            process.ok("mmap", A, 1 << 20, RW, MAP_STACK, -1, 0);
            process.vmspace().stack(A, TestKernel.GROW_BYTES, RW);
            process.vmspace().limits(new kernel.vm.map.SpaceLimits() {
                @Override
                public long stackLimitBytes() {
                    return TestKernel.GROW_BYTES + 2 * P;
                }

                @Override
                public long spaceLimitBytes() {
                    return Resource.INFINITY;
                }
            });
            assertEquals(FaultSignal.SIGSEGV, process.poke(A + 0xd_0000, 1), "too far");
            assertEquals(0, process.poke(A + 0xe_0000 - 8, 1));
            assertEquals("20de000-20e0000 20e0000-2100000", process.map(), "grew by what the limit allows");
        });
    }

    @Test
    void adviceFlags() {
        with((kernel, process) -> {
            anon(process, A, 3, RW);
            process.ok("madvise", A + P, P, MemorySymbols.MADV_RANDOM);
            assertTrue(process.entry(A + P).has(EntryFlags.BEHAV_RANDOM));
            process.ok("madvise", A + P, P, MemorySymbols.MADV_NOSYNC);
            process.ok("madvise", A + P, P, MemorySymbols.MADV_NOCORE);
            assertEquals("NOSYNC RANDOM NOCORE", EntryFlags.text(process.entry(A + P).flags()));
            process.ok("madvise", A, 3 * P, MemorySymbols.MADV_NORMAL);
            process.ok("madvise", A, 3 * P, MemorySymbols.MADV_AUTOSYNC);
            process.ok("madvise", A, 3 * P, MemorySymbols.MADV_CORE);
            assertEquals("2000000-2003000", process.map());
            assertEquals(0, process.entry(A).flags());
        });
    }

    @Test
    void pagesOnlyDirtiedQuietly() {
        with((kernel, process) -> {
            process.ok("mmap", A, P, RW, ANON | MAP_FIXED | MemorySymbols.MAP_NOSYNC, -1, 0);
            anon(process, A + P, 1, RW);
            process.poke(A, 1);
            process.poke(A + P, 1);
            assertTrue(process.entry(A).object().pages().first().nosync());
            assertFalse(process.entry(A + P).object().pages().first().nosync());
        });
    }

    @Test
    void freedPagesKeepLaterWrites() {
        with((kernel, process) -> {
            anon(process, A, 2, RW);
            process.poke(A, 1);
            process.ok("madvise", A, 2 * P, MADV_FREE);
            assertEquals(0, process.entry(A).object().pages().first().dirty());
            process.poke(A, 2);
            assertEquals(2, process.peek(A));
            process.ok("madvise", A, 2 * P, MemorySymbols.MADV_DONTNEED);
            assertEquals(2, process.peek(A), "never destroyed by DONTNEED");
        });
    }

    @Test
    void lockingBringsPagesInOnceAndForAll() {
        with((kernel, process) -> {
            anon(process, A, 4, RW);
            for (int i = 0; i < 100; i++) {
                process.ok("mlock", A + P, 2 * P);
            }
            assertEquals("2000000-2001000 2001000-2003000 2003000-2004000", process.map());
            assertEquals(2, process.vmspace().pmap().wiredCount());
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            process.poke(A + P, 1);
            process.poke(A + 2 * P, 1);
            assertEquals(faults, kernel.vm.counters().get(VmCounter.FAULTS), "no fault on locked memory");
            process.ok("munlock", A, 4 * P);
            assertEquals("2000000-2004000", process.map());
            assertEquals(0, process.vmspace().pmap().wiredCount());
            assertEquals(kernel.vm.pages().tables(), kernel.vm.pages().wired(), "only page tables are wired");
        });
    }

    @Test
    void aFailedLockLeavesNothingWired() {
        with((kernel, process) -> {
            anon(process, A, 2, RW);
            anon(process, A + 3 * P, 1, RW);
            assertEquals(Errno.ENOMEM, process.call("mlock", A, 4 * P));
            assertEquals(0, process.vmspace().pmap().wiredCount());
            assertEquals(0, process.entry(A).wiredCount());
            assertEquals(kernel.vm.pages().tables(), kernel.vm.pages().wired());
        });
    }

    @Test
    void lockingWhatCannotBeReadStripsWriteForGood() {
        with((kernel, process) -> {
            kernel.vm.context().profile(VmProfile.seed());
            anon(process, A, 1, 0);
            assertEquals(0, process.call("mlock", A, P));
            assertEquals(0, process.call("munlock", A, P));
            assertEquals(Errno.EACCES, process.call("mprotect", A, P, RW));
            kernel.vm.context().profile(VmProfile.fixed().with(Quirk.LOCKS_INACCESSIBLE));
            anon(process, A, 1, 0);
            assertEquals(0, process.call("mlock", A, P));
            assertEquals(0, process.call("mprotect", A, P, RW));
        });
    }

    @Test
    void unmappingLockedMemory() {
        with((kernel, process) -> {
            anon(process, A, 4, RW);
            process.ok("mlock", A, 4 * P);
            process.ok("munmap", A + P, 2 * P);
            assertEquals(2, process.vmspace().pmap().wiredCount());
        });
    }

    @Test
    void lockFuture() {
        with((kernel, process) -> {
            process.ok("mlockall", MemorySymbols.MCL_FUTURE);
            anon(process, A, 3, RW);
            assertEquals(3, process.vmspace().pmap().wiredCount());
            TestProcess child = process.fork();
            assertEquals(0, child.vmspace().pmap().wiredCount(), "not inherited");
            anon(child, A + 8 * P, 1, RW);
            assertEquals(0, child.vmspace().pmap().wiredCount());
            child.exit();
            process.ok("munlockall");
            assertEquals(0, process.vmspace().pmap().wiredCount());
        });
    }

    @Test
    void sharedAnonymousMemoryMayShareAnObjectWithItsNeighbour() {
        with((kernel, process) -> {
            anon(process, A, 1, RW);
            process.ok("mmap", A + P, P, RW, MAP_ANON | MAP_SHARED | MAP_FIXED, -1, 0);
            assertEquals("2000000-2001000 2001000-2002000", process.map());
            assertEquals(0, process.entry(A + P).inheritance());
            assertEquals(1, process.entry(A).inheritance());
            assertNotSame(process.entry(A), process.entry(A + P));
        });
    }
}
