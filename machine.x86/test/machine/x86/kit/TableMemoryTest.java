// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapCapabilities;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.VmProt;
import kernel.vm.radix.RadixPmapModule;
import kernel.vm.tck.PmapRig;
import kernel.vm.tck.PmapUnderTest;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import machine.x86.paging.IpiTlbControl;
import machine.x86.paging.LongModeWalker;
import machine.x86.paging.PaeWalker;
import machine.x86.paging.PagingFormat;
import machine.x86.paging.TwoLevelWalker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one page and one gigabyte take in page tables, and what a cold walk reads. */
class TableMemoryTest {
    private static final long GIB = 1L << 30;
    private static final long LIMIT = 0xbfc0_0000L;

    static Stream<Arguments> modes() {
        return Stream.of(
                // mode, format, walker, pages for an empty space, for one page, for 1 GiB with a page in each 2 MiB, reads
                Arguments.of("i386", PagingFormat.twoLevels(), new TwoLevelWalker(40), 1, 2, 1 + 256, 2),
                Arguments.of("i386-pae", PagingFormat.pae(), new PaeWalker(36), 1 + 4, 1 + 4 + 1, 1 + 4 + 512, 2),
                Arguments.of("amd64", PagingFormat.fourLevels(), new LongModeWalker(4, 46), 1, 4, 3 + 512, 4),
                Arguments.of("amd64-la57", PagingFormat.fiveLevels(), new LongModeWalker(5, 52), 1, 5, 4 + 512, 5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void takesWhatTheModeNeeds(String mode, PagingFormat format, Walker walker, int empty, int one, int dense,
            int reads) {
        try (PmapRig rig = new PmapRig(new Mode(format, walker), 1)) {
            rig.onFirstCpu(() -> {
                Pmap pmap = rig.create();
                rig.load(pmap, 0);
                assertEquals(empty, rig.module().stats().tablePages(), "empty");
                rig.enter(pmap, 0, rig.page(), VmProt.READ, VmProt.READ);
                assertEquals(one, rig.module().stats().tablePages(), "one page");
                long before = rig.cpu(0).clockNanos();
                rig.access(0, 0, VmProt.READ);
                assertEquals(reads, rig.cpu(0).clockNanos() - before, "descriptors read");
                for (long va = 0; va < GIB; va += 2 << 20) {
                    rig.enter(pmap, va, rig.page(), VmProt.READ, VmProt.READ);
                }
                assertEquals(dense, rig.module().stats().tablePages(), "1 GiB");
                pmap.remove(0, LIMIT);
                assertEquals(empty, rig.module().stats().tablePages(), "emptied");
            });
        }
    }

    private record Mode(PagingFormat format, Walker walker) implements PmapUnderTest {
        @Override
        public TlbGeometry tlb() {
            return new TlbGeometry(32, 4, 4, false);
        }

        @Override
        public CostTable costs() {
            return CostTable.free().with(Cost.WALK_LEVEL, 1);
        }

        @Override
        public PmapModule module(PmapHost host) {
            return new RadixPmapModule(host, format, IpiTlbControl.untagged(host),
                    new PmapCapabilities(true, true, false, true, true, 32), LIMIT);
        }

        @Override
        public long maxUserAddress() {
            return LIMIT;
        }
    }
}
