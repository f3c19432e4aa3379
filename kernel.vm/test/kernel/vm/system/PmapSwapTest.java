// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import kernel.vm.map.VmLimits;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestPmapModule;
import kernel.vm.testing.TestProcess;
import machine.core.cost.CostTable;
import org.junit.jupiter.api.Test;

/** Page tables are replaced under a process: nothing is lost but time, and a failure leaves no trace. */
class PmapSwapTest {
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
                process.ok("mmap", A, 8 * P, RW, MAP_ANON | MAP_FIXED, -1, 0);
                for (int i = 0; i < 8; i++) {
                    process.poke(A + i * P, i + 1);
                }
                body.run(kernel, process);
                MapChecks.check(kernel.vm);
                for (int i = 0; i < 8; i++) {
                    assertEquals(i + 1, process.peek(A + i * P));
                }
                process.exit();
                assertEquals(0, kernel.pagesInUse(), "pages left");
            });
        }
    }

    private static PmapSwap prepare(TestKernel kernel, TestPmapModule module) {
        return kernel.vm.swapTo(module, CostTable.generic(), TestKernel.LIMITS);
    }

    @Test
    void lockedPagesTakeNoFault() {
        with((kernel, process) -> {
            process.ok("mlock", A, 3 * P);
            PmapSwap swap = prepare(kernel, kernel.module());
            assertTrue(swap.checkFits().isEmpty());
            swap.harvest();
            assertEquals(8, swap.harvestedMappings());
            assertEquals(3, swap.wiredMappings());
            assertNull(swap.build());
            assertNull(swap.verify());
            swap.commit();
            swap.activate();
            swap.releaseOld();
            assertEquals(3, process.vmspace().pmap().wiredCount());
            assertEquals(3, process.vmspace().pmap().residentCount());
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            process.poke(A, 1);
            assertEquals(3, process.peek(A + 2 * P));
            assertEquals(faults, kernel.vm.counters().get(VmCounter.FAULTS));
            process.ok("munlock", A, 3 * P);
            assertEquals(0, process.vmspace().pmap().wiredCount());
        });
    }

    @Test
    void modifiedBitsSurvive() {
        with((kernel, process) -> {
            VmPage page = kernel.vm.pages().find(process.entry(A).object(), 0);
            page.dirty(0);
            PmapSwap swap = prepare(kernel, kernel.module());
            swap.harvest();
            assertEquals(VmPage.ALL, page.dirty());
            swap.rollback();
        });
    }

    @Test
    void rollbackKeepsTheOldTables() {
        with((kernel, process) -> {
            process.ok("mlock", A, P);
            int before = kernel.pagesInUse();
            PmapSwap swap = prepare(kernel, kernel.module());
            swap.harvest();
            assertNull(swap.build());
            swap.rollback();
            assertEquals(before, kernel.pagesInUse());
            assertEquals(8, process.vmspace().pmap().residentCount());
            long faults = kernel.vm.counters().get(VmCounter.FAULTS);
            process.peek(A + 7 * P);
            assertEquals(faults, kernel.vm.counters().get(VmCounter.FAULTS));
            process.ok("munlock", A, P);
        });
    }

    @Test
    void aShortageIsReportedAndUndone() {
        with((kernel, process) -> {
            process.ok("mlock", A, P);
            for (int tables = 0; tables < 2; tables++) {
                TestPmapModule module = kernel.module();
                module.tableBudget = tables;
                PmapSwap swap = prepare(kernel, module);
                swap.harvest();
                String reason = swap.build();
                assertNotNull(reason);
                assertTrue(reason.contains("no memory"), reason);
                swap.rollback();
            }
            process.ok("munlock", A, P);
        });
    }

    @Test
    void rangesThatDoNotFitAreNamed() {
        with((kernel, process) -> {
            VmLimits small = new VmLimits(0x1000, A + 4 * P, 64, false, P);
            PmapSwap swap = kernel.vm.swapTo(kernel.module(), CostTable.generic(), small);
            assertEquals("0x2000000-0x2008000 rw-", swap.checkFits().getFirst().text());
            swap.rollback();
        });
    }

    @Test
    void newLimitsHoldForNewMappings() {
        with((kernel, process) -> {
            VmLimits small = new VmLimits(0, A + 64 * P, 64, false, P);
            PmapSwap swap = kernel.vm.swapTo(kernel.module(), CostTable.generic(), small);
            assertTrue(swap.checkFits().isEmpty());
            swap.harvest();
            assertNull(swap.build());
            swap.commit();
            swap.activate();
            swap.releaseOld();
            assertEquals(Errno.ENOMEM, process.call("mmap", A, 64 * P, RW, MAP_ANON, -1, 0));
            assertEquals(0, process.call("mmap", A, 56 * P, RW, MAP_ANON, -1, 0));
            process.ok("munmap", A + 8 * P, 56 * P);
        });
    }
}
