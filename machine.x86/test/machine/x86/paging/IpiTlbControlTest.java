// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.function.BiConsumer;
import java.util.stream.Stream;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import kernel.vm.tck.PmapKit;
import kernel.vm.tck.PmapRig;
import machine.core.mmu.Mmu;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpiTlbControlTest {
    private static final long VA = 0x10_0000;
    private static final long PAGE = 0x1000;
    private static final int READ_WRITE = VmProt.READ | VmProt.WRITE;

    @TestFactory
    Stream<DynamicTest> passesTheKitWithFewPcidsAndASmallTlb() {
        return PmapKit.checks().stream().map(check ->
                DynamicTest.dynamicTest(check.name(), () -> check.run(new LongModeUnderTest(8))));
    }

    /** Runs on CPU 0 of three, with one space loaded on the first {@code loaded} of them. */
    private static void onThreeCpus(int loaded, BiConsumer<PmapRig, Pmap> body) {
        try (PmapRig rig = new PmapRig(new LongModeUnderTest(4096), 3)) {
            rig.onFirstCpu(() -> {
                Pmap pmap = rig.create();
                for (int cpu = 0; cpu < loaded; cpu++) {
                    rig.load(pmap, cpu);
                }
                body.accept(rig, pmap);
            });
        }
    }

    @Test
    void theSenderPaysForEachReceiver() {
        onThreeCpus(3, (rig, pmap) -> {
            rig.enter(pmap, VA, rig.page(), READ_WRITE, VmProt.WRITE);
            long before = rig.cpu(0).clockNanos();
            pmap.remove(VA, VA + PAGE);
            assertEquals(60 + 1000 + 2 * 200, rig.cpu(0).clockNanos() - before);
            assertEquals(1, rig.module().stats().shootdowns());
        });
    }

    @Test
    void aRangeIsOneShootdown() {
        onThreeCpus(2, (rig, pmap) -> {
            for (int i = 0; i < 5; i++) {
                rig.enter(pmap, VA + i * PAGE, rig.page(), READ_WRITE, VmProt.WRITE);
            }
            long before = rig.cpu(0).clockNanos();
            pmap.remove(VA, VA + 5 * PAGE);
            assertEquals(5 * 60 + 1000 + 200, rig.cpu(0).clockNanos() - before);
            assertEquals(1, rig.module().stats().shootdowns());
        });
    }

    @Test
    void theReceiverIsInterrupted() {
        try (PmapRig rig = new PmapRig(new LongModeUnderTest(4096), 2)) {
            long[] sent = new long[1];
            rig.onFirstCpu(() -> {
                Pmap pmap = rig.create();
                rig.load(pmap, 0);
                rig.load(pmap, 1);
                rig.enter(pmap, VA, rig.page(), VmProt.READ, VmProt.READ);
                sent[0] = rig.cpu(0).clockNanos();
                pmap.remove(VA, VA + PAGE);
            });
            assertEquals(sent[0] + 800 + 300 + 60, rig.cpu(1).clockNanos());
        }
    }

    @Test
    void nobodyIsInterruptedWhereTheSpaceIsNotLoaded() {
        onThreeCpus(1, (rig, pmap) -> {
            rig.enter(pmap, VA, rig.page(), READ_WRITE, VmProt.WRITE);
            pmap.remove(VA, VA + PAGE);
            assertEquals(0, rig.module().stats().shootdowns());
            assertEquals(0, rig.cpu(1).mmu().stats().pageInvalidations());
        });
    }

    @Test
    void aCleanPageIsMadeReadOnlyWithoutShootdown() {
        onThreeCpus(2, (rig, pmap) -> {
            VmPage page = rig.page();
            rig.enter(pmap, VA, page, READ_WRITE, VmProt.READ);
            rig.access(1, VA, VmProt.READ);
            rig.module().pageProtect(page, VmProt.READ);
            assertEquals(0, rig.module().stats().shootdowns());
        });
    }

    @Test
    void aSpaceKeepsItsPcidUntilItChangesElsewhere() {
        onThreeCpus(1, (rig, pmap) -> {
            Pmap other = rig.create();
            rig.enter(pmap, VA, rig.page(), VmProt.READ, VmProt.READ);
            int first = rig.cpu(0).mmu().asid();
            rig.load(other, 0);
            rig.load(pmap, 0);
            assertEquals(first, rig.cpu(0).mmu().asid());
            rig.load(other, 0);
            pmap.remove(VA, VA + PAGE);
            rig.load(pmap, 0);
            assertNotEquals(first, rig.cpu(0).mmu().asid());
        });
    }

    @Test
    void anIdleCpuIsInterruptedOnceAndThenLeftAlone() {
        onThreeCpus(2, (rig, space) -> {
            for (int i = 0; i < 2; i++) {
                rig.enter(space, VA + i * PAGE, rig.page(), READ_WRITE, VmProt.WRITE);
            }
            rig.access(1, VA, VmProt.READ);
            rig.rest(1);
            long before = rig.cpu(0).clockNanos();
            space.remove(VA, VA + PAGE);
            assertEquals(60 + 1000 + 200, rig.cpu(0).clockNanos() - before, "the last shootdown with CPU 1");
            assertEquals(0, rig.cpu(1).mmu().stats().pageInvalidations(), "which only leaves the space");
            before = rig.cpu(0).clockNanos();
            space.remove(VA + PAGE, VA + 2 * PAGE);
            assertEquals(60, rig.cpu(0).clockNanos() - before, "CPU 1 takes no part any more");
            assertEquals(1, rig.module().stats().shootdowns());
        });
    }

    @Test
    void aCpuThatLeftStaleLoadsTheRootAgain() {
        onThreeCpus(2, (rig, pmap) -> {
            rig.enter(pmap, VA, rig.page(), READ_WRITE, VmProt.WRITE);
            int pcid = rig.cpu(1).mmu().asid();
            rig.rest(1);
            rig.resume(1);
            assertEquals(pcid, rig.cpu(1).mmu().asid(), "nothing changed meanwhile");
            rig.rest(1);
            pmap.remove(VA, VA + PAGE);
            long before = rig.cpu(0).clockNanos();
            rig.resume(1);
            assertEquals(200, rig.cpu(0).clockNanos() - before, "a load of the root");
            assertNotEquals(pcid, rig.cpu(1).mmu().asid(), "under a fresh PCID");
            assertEquals(1, rig.module().stats().shootdowns());
            rig.enter(pmap, VA, rig.page(), READ_WRITE, VmProt.WRITE);
            pmap.remove(VA, VA + PAGE);
            assertEquals(2, rig.module().stats().shootdowns(), "it takes part again");
        });
    }

    @ParameterizedTest
    @CsvSource({"6, 360", "7, 70"})
    void morePagesThanThePacketHoldsAreAFlush(int pages, long nanos) {
        onThreeCpus(1, (rig, pmap) -> {
            for (int i = 0; i < pages; i++) {
                rig.enter(pmap, VA + i * PAGE, rig.page(), READ_WRITE, VmProt.WRITE);
            }
            long before = rig.cpu(0).clockNanos();
            pmap.remove(VA, VA + pages * PAGE);
            assertEquals(nanos, rig.cpu(0).clockNanos() - before);
        });
    }

    @Test
    void rangesWaitForTheUpdate() {
        onThreeCpus(2, (rig, pmap) -> {
            for (int i = 0; i < 4; i++) {
                rig.enter(pmap, VA + i * PAGE, rig.page(), READ_WRITE, VmProt.WRITE);
            }
            rig.access(1, VA, VmProt.READ);
            long before = rig.cpu(0).clockNanos();
            pmap.defer();
            pmap.remove(VA, VA + PAGE);
            pmap.protect(VA + 2 * PAGE, VA + 4 * PAGE, VmProt.READ);
            assertEquals(0, rig.module().stats().shootdowns(), "nothing yet");
            assertNotEquals(Mmu.FAULT, rig.access(1, VA, VmProt.READ), "CPU 1 still has it");
            pmap.update();
            assertEquals(3 * 60 + 1000 + 200, rig.cpu(0).clockNanos() - before, "one packet");
            assertEquals(1, rig.module().stats().shootdowns());
            assertEquals(Mmu.FAULT, rig.access(1, VA, VmProt.READ));
        });
    }

    @Test
    void whatIsNotARangeDoesNotWait() {
        onThreeCpus(2, (rig, pmap) -> {
            VmPage page = rig.page();
            rig.enter(pmap, VA, page, READ_WRITE, VmProt.WRITE);
            rig.access(1, VA, VmProt.WRITE);
            pmap.defer();
            rig.module().pageProtect(page, VmProt.READ);
            assertEquals(1, rig.module().stats().shootdowns());
            assertEquals(Mmu.FAULT, rig.access(1, VA, VmProt.WRITE));
            pmap.update();
        });
    }
}
