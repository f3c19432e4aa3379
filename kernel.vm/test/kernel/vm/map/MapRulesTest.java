// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import static kernel.vm.call.MemorySymbols.MADV_FREE;
import static kernel.vm.call.MemorySymbols.MADV_NOCORE;
import static kernel.vm.call.MemorySymbols.MADV_NOSYNC;
import static kernel.vm.call.MemorySymbols.MADV_RANDOM;
import static kernel.vm.call.MemorySymbols.MADV_WILLNEED;
import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static kernel.vm.call.MemorySymbols.MAP_STACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import kernel.vm.page.VmCounter;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;

/** Rules of the map layer that no errno shows. */
class MapRulesTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final int RW = 3;
    private static final int ANON = MAP_ANON | MAP_PRIVATE;

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    /** Four pages at A, behind them one of a memory file that may only be read. */
    private static void with(Body body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", A, 4 * P, RW, ANON | MAP_FIXED, -1, 0);
                long name = process.string(A, "file");
                process.ok("ftruncate", process.ok("shm_open", name, 0x202, 0), 4 * P);
                process.ok("mmap", A + 4 * P, P, 1, MAP_SHARED | MAP_FIXED, process.ok("shm_open", name, 0, 0), 0);
                body.run(kernel, process);
                MapChecks.check(kernel.vm);
                process.exit();
            });
        }
    }

    @Test
    void protectionChangesEverywhereOrNowhere() {
        with((kernel, process) -> {
            process.ok("mprotect", A, 4 * P, 1);
            assertEquals(Errno.EACCES, process.call("mprotect", A, 5 * P, RW));
            assertEquals(1, process.entry(A).protection());
        });
    }

    @Test
    void whatIsLessTakesEffectAtOnceAndWhatIsMoreWithAFault() {
        with((kernel, process) -> {
            process.poke(A, 1);
            process.ok("mprotect", A, P, 1);
            assertNotEquals(0, process.poke(A, 2));
            process.ok("mprotect", A, P, RW);
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            assertEquals(0, process.poke(A, 2));
            assertEquals(faults + 1, kernel.vm.counters().get(VmCounter.FAULTS));
        });
    }

    @Test
    void aChildHasTheAdviceAndTheGreatestProtection() {
        with((kernel, process) -> {
            process.ok("madvise", A, P, MADV_NOSYNC);
            process.ok("madvise", A, P, MADV_NOCORE);
            process.ok("madvise", A, P, MADV_RANDOM);
            TestProcess child = process.fork();
            assertEquals(EntryFlags.text(process.entry(A).flags()), EntryFlags.text(child.entry(A).flags()));
            assertEquals(Errno.EACCES, child.call("mprotect", A + 4 * P, P, RW));
            child.exit();
        });
    }

    @Test
    void whatWillBeNeededIsMapped() {
        with((kernel, process) -> {
            long fd = process.ok("shm_open", process.string(A, "file"), 2, 0);
            process.ok("mmap", A + 8 * P, 4 * P, RW, MAP_SHARED | MAP_FIXED, fd, 0);
            TestProcess child = process.fork();
            for (int i = 8; i < 12; i++) {
                child.poke(A + i * P, i);
            }
            process.ok("madvise", A + 8 * P, 4 * P, MADV_WILLNEED);
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            for (int i = 8; i < 12; i++) {
                assertEquals(i, process.peek(A + i * P));
            }
            assertEquals(faults, kernel.vm.counters().get(VmCounter.FAULTS));
            child.exit();
        });
    }

    @Test
    void onlyWhatNobodyElseHasIsFreed() {
        with((kernel, process) -> {
            process.poke(A, 5);
            process.ok("madvise", A, P, MADV_FREE);
            assertEquals(0, process.entry(A).object().pages().first().dirty());
            process.poke(A, 6);
            TestProcess child = process.fork();
            process.ok("madvise", A, P, MADV_FREE);
            assertNotEquals(0, kernel.vm.context().objects().findInChain(process.entry(A).object(), 0).dirty());
            child.exit();
        });
    }

    @Test
    void entriesThatAreAlikeMergeAgain() {
        with((kernel, process) -> {
            process.poke(A, 1);
            process.ok("mlock", A + P, P);
            assertSame(process.entry(A).object(), process.entry(A + P).object());
            assertEquals(3, process.entry(A).object().refCount());
            process.ok("munlock", A + P, P);
            assertSame(process.entry(A), process.entry(A + 3 * P));
            assertEquals(1, process.entry(A).object().refCount());
        });
    }

    @Test
    void theEndOfAnObjectGoesWithItsMapping() {
        with((kernel, process) -> {
            for (int i = 0; i < 4; i++) {
                process.poke(A + i * P, 1);
            }
            int used = kernel.pagesInUse();
            process.ok("munmap", A + 2 * P, 2 * P);
            assertTrue(kernel.pagesInUse() <= used - 2);
            assertEquals(2, process.entry(A).object().sizePages());
        });
    }

    /** What a stack grows by is inherited as a copy, whatever the stack is. */
    @Test
    void growthIsAnEntryOfItsOwn() {
        with((kernel, process) -> {
            process.ok("mmap", 2 * A, 1 << 20, RW, MAP_STACK | MAP_FIXED, -1, 0);
            long top = 2 * A + (1 << 20);
            process.ok("minherit", top - TestKernel.GROW_BYTES, TestKernel.GROW_BYTES, VmInherit.SHARE);
            process.poke(top - TestKernel.GROW_BYTES - 8, 1);
            assertEquals(VmInherit.COPY, process.entry(top - TestKernel.GROW_BYTES - 8).inheritance());
            assertEquals(VmInherit.SHARE, process.entry(top - 8).inheritance());
            assertEquals(7, process.entry(top - TestKernel.GROW_BYTES - 8).maxProtection());
        });
    }
}
