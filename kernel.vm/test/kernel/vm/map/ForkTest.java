// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.fault.FaultSignal;
import kernel.vm.page.VmCounter;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;

/** What a child sees, and what copying on write leaves behind. */
class ForkTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final int RW = 3;

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    private static void with(Body body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", A, 4 * P, RW, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0);
                body.run(kernel, process);
                MapChecks.check(kernel.vm);
                process.exit();
                assertEquals(0, kernel.pagesInUse(), "pages left");
                assertEquals(0, kernel.vm.context().objects().live(), "objects left");
            });
        }
    }

    @Test
    void copiesAreIsolated() {
        with((kernel, parent) -> {
            parent.poke(A, 1);
            TestProcess child = parent.fork();
            child.poke(A, 2);
            parent.poke(A + P, 3);
            assertEquals(2, parent.vmspace().map().residentPages(parent.entry(A)));
            assertEquals(1, child.vmspace().map().residentPages(child.entry(A)));
            assertEquals(1, parent.peek(A));
            assertEquals(2, child.peek(A));
            assertEquals(0, child.peek(A + P));
            child.exit();
            assertEquals(1, parent.peek(A));
        });
    }

    @Test
    void theLastUserTakesThePageOver() {
        with((kernel, parent) -> {
            parent.poke(A, 1);
            TestProcess child = parent.fork();
            child.peek(A);
            child.exit();
            parent.poke(A, 2);
            assertEquals(0, kernel.vm.counters().get(VmCounter.COPY_FAULTS));
            assertEquals(1, kernel.pagesInUse() - kernel.vm.pages().tables(), "no second copy");
        });
    }

    @Test
    void inheritance() {
        with((kernel, parent) -> {
            parent.ok("minherit", A, P, VmInherit.SHARE);
            parent.ok("minherit", A + P, P, VmInherit.NONE);
            parent.poke(A, 1);
            parent.poke(A + P, 1);
            TestProcess child = parent.fork();
            child.poke(A, 7);
            assertEquals(7, parent.peek(A));
            assertEquals(-FaultSignal.SIGSEGV, child.peek(A + P));
            assertNull(child.entry(A + P));
            child.exit();
            assertEquals(7, parent.peek(A));
        });
    }

    @Test
    void sharingStartsBeforeTheFirstTouch() {
        with((kernel, parent) -> {
            parent.ok("mmap", A, P, RW, MAP_ANON | MAP_SHARED | MAP_FIXED, -1, 0);
            TestProcess child = parent.fork();
            child.poke(A, 5);
            assertEquals(5, parent.peek(A));
            child.exit();
        });
    }

    /** The child must not go on seeing the page behind a shadow that both share. */
    @Test
    void aSharedShadowHidesTheOldPageFromEverybody() {
        with((kernel, grandparent) -> {
            grandparent.poke(A, 1);
            TestProcess parent = grandparent.fork();
            parent.ok("minherit", A, P, VmInherit.SHARE);
            TestProcess child = parent.fork();
            assertEquals(1, child.peek(A));
            assertEquals(1, parent.peek(A));
            parent.poke(A, 2);
            assertEquals(2, child.peek(A));
            child.poke(A, 3);
            assertEquals(3, parent.peek(A));
            assertEquals(1, grandparent.peek(A));
            child.exit();
            parent.exit();
        });
    }

    @Test
    void chainsCollapse() {
        with((kernel, first) -> {
            List<TestProcess> generations = new ArrayList<>(List.of(first));
            for (int i = 0; i < 10; i++) {
                TestProcess last = generations.getLast();
                last.poke(A + i % 4 * P, i + 1);
                generations.add(last.fork());
            }
            TestProcess last = generations.getLast();
            last.poke(A, 99);
            for (int i = 1; i < 10; i++) {
                generations.get(i).exit();
            }
            MapChecks.check(kernel.vm);
            assertEquals(99, last.peek(A));
            assertEquals(10, last.peek(A + P));
            assertEquals(7, last.peek(A + 2 * P));
            assertEquals(8, last.peek(A + 3 * P));
            int length = last.entry(A).object().chainLength();
            assertTrue(length <= 2, "chain of " + length);
            last.exit();
        });
    }

    @Test
    void lockedMemoryIsCopiedAtOnce() {
        with((kernel, parent) -> {
            parent.poke(A, 1);
            parent.ok("mlock", A, 4 * P);
            TestProcess child = parent.fork();
            assertEquals(0, child.vmspace().pmap().wiredCount());
            MapChecks.check(kernel.vm);
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            parent.poke(A, 2);
            assertEquals(faults, kernel.vm.counters().get(VmCounter.FAULTS), "the parent takes no fault");
            assertEquals(1, child.peek(A));
            child.exit();
            assertEquals(4, parent.vmspace().pmap().wiredCount());
        });
    }

    @Test
    void aForkWithoutMemoryFailsCleanly() {
        try (TestKernel kernel = new TestKernel(64 * P, null)) {
            kernel.on(() -> {
                TestProcess parent = kernel.process();
                parent.ok("mmap", A, 32 * P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                for (int i = 0; i < 32; i++) {
                    parent.poke(A + i * P, i);
                }
                kernel.vm.context().tunables().maxWired(1000);
                parent.ok("mlock", A, 32 * P);
                assertNull(parent.fork(), "the copy of locked memory does not fit");
                assertEquals(31, parent.peek(A + 31 * P));
                MapChecks.check(kernel.vm);
                parent.exit();
                assertEquals(0, kernel.pagesInUse());
            });
        }
    }
}
