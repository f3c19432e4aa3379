// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import machine.core.cost.CostTable;
import machine.core.memory.PhysicalMemory;
import org.junit.jupiter.api.Test;

class TlbVisitorTest {

    @Test
    void showsEachEntryAsItIsCached() {
        try (PhysicalMemory memory = new PhysicalMemory(16 << PhysicalMemory.PAGE_SHIFT)) {
            Mmu mmu = new Mmu(memory, nanos -> { });
            mmu.install(TlbVisitorTest::walk, new TlbGeometry(8, 2, 2, true), CostTable.free());
            mmu.load(0, 7);
            mmu.translate(0x1234, Access.READ);
            mmu.translate(0x2000, Access.WRITE);
            mmu.translate(0x20_5000, Access.READ);
            List<String> seen = new ArrayList<>();
            mmu.forEachEntry((va, asid, frame, pageShift, rights, dirtyKnown) ->
                    seen.add("%x %d %x %d %d %b".formatted(va, asid, frame, pageShift, rights, dirtyKnown)));
            seen.sort(null);
            assertEquals(List.of(
                    "1000 7 1000 12 3 false",
                    "2000 7 2000 12 3 true",
                    "200000 -1 0 21 1 false",
                    "205000 -1 5000 12 1 false"), seen);
        }
    }

    /** Identity below 2 MiB; above it one global, read-only large page at 0. */
    private static int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        boolean large = va >= 1L << 21;
        out.frame = large ? 0 : va & -4096;
        out.pageShift = large ? 21 : 12;
        out.rights = large ? Access.READ : Access.READ | Access.WRITE;
        out.global = large;
        out.dirtyKnown = access == Access.WRITE;
        return FaultKind.NONE;
    }
}
