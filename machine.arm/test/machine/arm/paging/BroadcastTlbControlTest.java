// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiConsumer;
import java.util.stream.Stream;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import kernel.vm.tck.PmapKit;
import kernel.vm.tck.PmapRig;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BroadcastTlbControlTest {
    private static final long VA = 0x10_0000;
    private static final long PAGE = 0x1000;
    private static final int READ_WRITE = VmProt.READ | VmProt.WRITE;

    @TestFactory
    Stream<DynamicTest> passesTheKitWithEightBitIdentifiersAndASmallTlb() {
        return PmapKit.checks().stream().map(check ->
                DynamicTest.dynamicTest(check.name(), () -> check.run(new LongDescriptorUnderTest(8))));
    }

    /** Runs on CPU 0 of three, with one space loaded on all of them. */
    private static void onThreeCpus(BiConsumer<PmapRig, Pmap> body) {
        try (PmapRig rig = new PmapRig(new LongDescriptorUnderTest(16), 3)) {
            rig.onFirstCpu(() -> {
                Pmap pmap = rig.create();
                for (int cpu = 0; cpu < 3; cpu++) {
                    rig.load(pmap, cpu);
                }
                body.accept(rig, pmap);
            });
        }
    }

    @Test
    void everyPageIsABroadcastAndNobodyIsInterrupted() {
        onThreeCpus((rig, pmap) -> {
            for (int i = 0; i < 5; i++) {
                rig.enter(pmap, VA + i * PAGE, rig.page(), READ_WRITE, VmProt.WRITE);
            }
            long before = rig.cpu(0).clockNanos();
            long other = rig.cpu(1).clockNanos();
            pmap.remove(VA, VA + 5 * PAGE);
            assertEquals(5 * (150 + 2 * 10), rig.cpu(0).clockNanos() - before);
            assertEquals(other, rig.cpu(1).clockNanos());
            assertEquals(0, rig.module().stats().shootdowns());
        });
    }

    @Test
    void anUnusedPageNeedsNoInvalidation() {
        onThreeCpus((rig, pmap) -> {
            rig.enter(pmap, VA, rig.page(), VmProt.READ, 0);
            pmap.remove(VA, VA + PAGE);
            assertEquals(0, rig.cpu(0).mmu().stats().pageInvalidations());
        });
    }

    @Test
    void aSpaceHasOneIdentifierOnEveryCpu() {
        onThreeCpus((rig, pmap) -> {
            assertEquals(rig.cpu(0).mmu().asid(), rig.cpu(1).mmu().asid());
            assertEquals(rig.cpu(0).mmu().asid(), rig.cpu(2).mmu().asid());
        });
    }

    @Test
    void readingThenWritingIsOneModifiedFault() {
        onThreeCpus((rig, pmap) -> {
            rig.enter(pmap, VA, rig.page(), READ_WRITE, 0);
            rig.access(0, VA, VmProt.READ);
            assertEquals(1, rig.module().stats().referencedFaults());
            assertEquals(0, rig.module().stats().modifiedFaults());
            rig.access(0, VA, VmProt.WRITE);
            assertEquals(1, rig.module().stats().referencedFaults());
            assertEquals(1, rig.module().stats().modifiedFaults());
        });
    }

    @Test
    void aPageThatBecomesExecutableIsSynchronised() {
        onThreeCpus((rig, pmap) -> {
            VmPage page = rig.page();
            int prot = VmProt.READ | VmProt.EXEC;
            long before = rig.cpu(0).clockNanos();
            rig.enter(pmap, VA, page, prot, VmProt.EXEC);
            assertEquals(200, rig.cpu(0).clockNanos() - before);
            rig.enter(pmap, VA, page, prot, VmProt.EXEC);
            assertEquals(200, rig.cpu(0).clockNanos() - before);
        });
    }
}
