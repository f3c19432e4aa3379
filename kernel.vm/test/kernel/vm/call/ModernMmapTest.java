// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_32BIT;
import static kernel.vm.call.MemorySymbols.MAP_ALIGNED_SUPER;
import static kernel.vm.call.MemorySymbols.MAP_ALIGNMENT_SHIFT;
import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_EXCL;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_GUARD;
import static kernel.vm.call.MemorySymbols.MAP_PREFAULT_READ;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import kernel.vm.map.VmLimits;
import kernel.vm.object.Feature;
import kernel.vm.object.VmProfile;
import kernel.vm.page.VmCounter;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the modern profile adds to mmap, mprotect and minherit, and that the older ones do not have it. */
class ModernMmapTest {
    private static final long P = 4096;
    private static final long M = 1 << 20;
    private static final long A = 0x0200_0000;
    private static final long LOW_END = 1L << 31;
    private static final int RW = 3;
    private static final int ANON = MAP_ANON | MAP_PRIVATE;
    private static final int SHM = 0;

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    /** Four pages at A, a memory file of two pages as descriptor 0, no random addresses. */
    private static void with(VmProfile profile, Body body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", A, 4 * P, RW, ANON | MAP_FIXED, -1, 0);
                assertEquals(SHM, process.ok("shm_open", process.string(A, "file"), 0x202, 0));
                process.ok("ftruncate", SHM, 2 * P);
                process.ok("shm_unlink", A);
                kernel.vm.context().profile(profile);
                body.run(kernel, process);
                MapChecks.check(kernel.vm);
                process.exit();
                assertEquals(0, kernel.pagesInUse(), "pages left");
                assertEquals(0, kernel.vm.context().objects().live(), "objects left");
            });
        }
    }

    private static VmProfile modern() {
        return VmProfile.modern().without(Feature.RANDOM_ADDRESSES);
    }

    private static int aligned(int n) {
        return n << MAP_ALIGNMENT_SHIFT;
    }

    private static int max(int prot, int max) {
        return prot | max << MemorySymbols.PROT_MAX_SHIFT;
    }

    @Test
    void nothingFitsIntoAGuard() {
        with(modern(), (kernel, process) -> {
            long guard = process.ok("mmap", A + 4 * P, 2 * P, 0, MAP_GUARD | MAP_FIXED, -1, 0);
            long size = process.vmspace().map().sizeBytes();
            assertEquals(4 * P, size, "it takes no space");
            process.ok("mprotect", guard, 2 * P, RW);
            assertEquals(11, process.poke(guard, 1));
            assertEquals(2, process.memory().faultCode(), "there is something, but without access");
            assertEquals(A + 6 * P, process.ok("mmap", guard, P, RW, ANON, -1, 0), "the search goes round it");
            process.ok("mmap", guard, P, RW, ANON | MAP_FIXED, -1, 0);
            assertEquals(0, process.poke(guard, 1), "fixed replaces it");
            TestProcess child = process.fork();
            assertEquals(11, child.poke(guard + P, 1), "inherited");
            MapChecks.check(kernel.vm);
            child.exit();
        });
    }

    @Test
    void aTakenPlaceStaysAsItWas() {
        with(modern(), (kernel, process) -> {
            process.poke(A, 5);
            assertEquals(Errno.ENOMEM, process.call("mmap", A, P, RW, ANON | MAP_FIXED | MAP_EXCL, -1, 0));
            assertEquals(5, process.peek(A));
        });
    }

    @Test
    void alignment() {
        with(modern(), (kernel, process) -> {
            process.ok("mmap", 0, P, RW, ANON, -1, 0);
            long at = process.ok("mmap", 0, P, RW, ANON | aligned(20), -1, 0);
            assertEquals(0, at % M);
            long next = process.ok("mmap", at, P, RW, ANON | aligned(20), -1, 0);
            assertEquals(at + M, next, "the next one that is free");
            assertEquals(0, process.ok("mmap", 0, P, RW, ANON | MAP_ALIGNED_SUPER, -1, 0) % (2 * M));
        });
        with(VmProfile.fixed(), (kernel, process) -> {
            process.ok("mmap", 0, P, RW, ANON, -1, 0);
            long at = process.ok("mmap", 0, P, 1, ANON | aligned(20), -1, 0);
            assertEquals(TestProcess.HEAP_END + P, at, "unknown before");
        });
    }

    @Test
    void lowAddresses() {
        with(modern(), (kernel, process) -> {
            long high = process.ok("mmap", 3 * LOW_END, P, RW, ANON | MAP_32BIT, -1, 0);
            assertTrue(high + P <= LOW_END, "a hint that is too high is forgotten");
            assertEquals(0x2000_0000, process.ok("mmap", 0x2000_0000, P, RW, ANON | MAP_32BIT, -1, 0));
            long heap = process.ok("mmap", 0x10000, P, RW, ANON | MAP_32BIT, -1, 0);
            assertEquals(0x10000, heap, "not moved behind the heap");
        });
    }

    @Test
    void theEndOfLowAddresses() {
        VmLimits wide = new VmLimits(0, 4 * LOW_END, 64, false, TestKernel.GROW_BYTES);
        try (TestKernel kernel = new TestKernel(wide)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                kernel.vm.context().profile(modern());
                int low = ANON | MAP_32BIT;
                assertEquals(Errno.EINVAL, process.call("mmap", LOW_END - P, 2 * P, RW, low | MAP_FIXED, -1, 0));
                assertEquals(0, process.call("mmap", LOW_END - P, P, RW, low | MAP_FIXED, -1, 0));
                assertEquals(0, process.ok("mmap", 0, LOW_END - P, RW, low, -1, 0), "all there is");
                assertEquals(Errno.ENOMEM, process.call("mmap", 0, P, RW, low, -1, 0));
                assertEquals(LOW_END, process.ok("mmap", 0, P, RW, ANON, -1, 0));
                kernel.vm.context().profile(VmProfile.fixed());
                assertEquals(0, process.call("mmap", LOW_END - P, 2 * P, RW, low | MAP_FIXED, -1, 0), "unknown");
            });
        }
    }

    @Test
    void theGreatestProtectionLasts() {
        with(modern(), (kernel, process) -> {
            long at = process.ok("mmap", 0, P, max(1, RW), ANON, -1, 0);
            assertEquals(0, process.call("mprotect", at, P, RW));
            assertEquals(Errno.EACCES, process.call("mprotect", at, P, 4));
            assertEquals(0, process.call("mprotect", at, P, max(1, 1)));
            assertEquals(Errno.EACCES, process.call("mprotect", at, P, RW), "lowered for good");
            assertEquals(Errno.EACCES, process.call("mprotect", at, P, max(1, RW)), "and cannot be raised");
        });
    }

    @Test
    void childrenFindZeros() {
        with(modern(), (kernel, process) -> {
            process.poke(A, 7);
            process.poke(A + P, 8);
            process.ok("minherit", A, P, 3);
            TestProcess child = process.fork();
            assertEquals(0, child.peek(A));
            assertEquals(8, child.peek(A + P));
            child.poke(A, 9);
            assertEquals(7, process.peek(A));
            TestProcess grandchild = child.fork();
            assertEquals(0, grandchild.peek(A), "again");
            MapChecks.check(kernel.vm);
            grandchild.exit();
            child.exit();
        });
    }

    @Test
    void stacksReserveTheirSpace() {
        with(modern(), (kernel, process) -> {
            long at = process.ok("mmap", A, M, RW, MAP_STACK, -1, 0);
            assertEquals(A + 4 * P, at, "the hint is taken, so it is searched");
            assertTrue(process.ok("mmap", at, P, 1, ANON, -1, 0) >= at + M, "nobody else gets in");
            assertEquals(0, process.poke(at + P, 1), "it grows down to the guard");
            assertEquals(11, process.poke(at, 1));
            assertEquals(2, process.memory().faultCode());
            MapChecks.check(kernel.vm);
            process.ok("munmap", at, M);
        });
    }

    @Test
    void aStackGrowsWithItsOwnProtection() {
        with(modern(), (kernel, process) -> {
            long at = process.ok("mmap", 0x1000_0000, M, max(RW, RW), MAP_STACK, -1, 0);
            process.poke(at + M / 2, 1);
            assertEquals(RW, process.entry(at + M / 2).maxProtection());
            assertEquals(Errno.EACCES, process.call("mprotect", at, M, 7), "of the gap too");
            assertEquals(0, process.call("mprotect", at, M / 4, 1));
            assertEquals(11, process.poke(at + M / 8, 1), "grown, but read-only by then");
        });
    }

    @Test
    void aGapThatIsCutStopsTheStack() {
        with(modern(), (kernel, process) -> {
            long at = process.ok("mmap", 0x1000_0000, M, RW, MAP_STACK, -1, 0);
            process.ok("mmap", at + M / 2, P, RW, ANON | MAP_FIXED, -1, 0);
            assertEquals(0, process.poke(at + M / 2 + 3 * P, 1), "down to the page");
            assertEquals(11, process.poke(at + M / 4, 1), "not behind it");
        });
    }

    @Test
    void moreGuardPages() {
        with(modern(), (kernel, process) -> {
            kernel.vm.context().tunables().stackGuardPages(3);
            long at = process.ok("mmap", 0x1000_0000, 16 * P, RW, MAP_STACK, -1, 0);
            assertEquals(0, process.poke(at + 3 * P, 1));
            assertEquals(11, process.poke(at + 2 * P, 1));
        });
    }

    @Test
    void prefaultedFiles() {
        with(modern(), (kernel, process) -> {
            long shared = process.ok("mmap", 0, 2 * P, RW, MAP_SHARED, SHM, 0);
            process.poke(shared, 1);
            process.poke(shared + P, 2);
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            long at = process.ok("mmap", 0, 2 * P, 1, MAP_SHARED | MAP_PREFAULT_READ, SHM, 0);
            assertEquals(1, process.peek(at));
            assertEquals(2, process.peek(at + P));
            assertEquals(faults, kernel.vm.counters().get(VmCounter.FAULTS));
        });
    }

    @Test
    void usersLockWithinTheirLimit() {
        with(modern(), (kernel, process) -> {
            process.root = false;
            process.limit(Resource.MEMLOCK, 2 * P);
            assertEquals(0, process.call("mlock", A, 2 * P));
            assertEquals(Errno.ENOMEM, process.call("mlock", A + 2 * P, P));
            assertEquals(Errno.ENOMEM, process.call("mlockall", 1), "more is mapped than may be locked");
            assertEquals(0, process.call("munlock", A, 2 * P));
            assertEquals(0, process.call("mlockall", 2));
            assertEquals(Errno.ENOMEM, process.call("mmap", 0, 3 * P, RW, ANON, -1, 0), "future mappings count too");
            assertEquals(0, process.call("mmap", 0, 2 * P, RW, ANON, -1, 0));
            assertEquals(2, process.vmspace().pmap().wiredCount());
            assertEquals(0, process.call("munlockall"));
            assertEquals(0, process.vmspace().pmap().wiredCount());
        });
    }

    @Test
    void addressesAreRandomFromTheSeed() {
        assertEquals(addresses(1), addresses(1));
        assertNotEquals(addresses(1), addresses(2));
    }

    private static String addresses(long seed) {
        StringBuilder text = new StringBuilder();
        try (TestKernel kernel = new TestKernel(seed)) {
            kernel.on(() -> {
                kernel.vm.context().profile(VmProfile.modern());
                TestProcess process = kernel.process();
                long first = process.ok("mmap", 0, P, RW, ANON, -1, 0);
                assertEquals(first + P, process.ok("mmap", 0, P, RW, ANON, -1, 0), "anonymous ones stay together");
                assertEquals(0x1000_0000, process.ok("mmap", 0x1000_0000, P, RW, ANON, -1, 0), "a hint is kept");
                long shared = process.ok("mmap", 0, P, RW, MAP_ANON | MAP_SHARED, -1, 0);
                long none = process.ok("mmap", 0, P, 0, ANON, -1, 0);
                assertTrue(shared != first + 2 * P && none != first + 2 * P, "shared memory and reservations do not");
                long low = process.ok("mmap", 0, P, RW, ANON | MAP_32BIT, -1, 0);
                long aligned = process.ok("mmap", 0, P, RW, MAP_ANON | MAP_SHARED | aligned(21), -1, 0);
                assertTrue(low < LOW_END && aligned % (2 * M) == 0, "wishes hold for random addresses");
                assertTrue(first >= TestProcess.HEAP_END && first < TestProcess.HEAP_END + 0x1000 * P);
                text.append(first).append(' ').append(shared).append(' ').append(low).append(' ').append(aligned);
                process.exit();
            });
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void onlyTheModernProfileHasFeatures(Feature feature) {
        assertTrue(VmProfile.modern().has(feature));
        assertTrue(!VmProfile.fixed().has(feature) && !VmProfile.seed().has(feature));
        assertTrue(!VmProfile.modern().without(feature).has(feature) && VmProfile.seed().with(feature).has(feature));
    }
}
