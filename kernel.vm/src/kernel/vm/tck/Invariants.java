// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import kernel.vm.pmap.WalkStep;

/** What must hold between any two operations of a module. */
final class Invariants {
    private final PmapRig rig;
    private final TlbAudit audit;

    Invariants(PmapRig rig) {
        this.rig = rig;
        audit = new TlbAudit(rig);
    }

    void check() {
        Map<VmPage, Integer> mappings = new HashMap<>();
        BitSet frames = new BitSet();
        for (Pmap pmap : rig.pmaps()) {
            counts(pmap, mappings);
            pmap.forEachTable((level, address, bytes, firstVa, live) -> {
                int first = (int) (address >>> PagePool.PAGE_SHIFT);
                frames.set(first, first + Math.max(1, bytes >>> PagePool.PAGE_SHIFT));
                Expect.equal(used(pmap, firstVa, address, bytes, level), live, "live entries of a table");
            });
        }
        mappings.forEach((page, count) -> Expect.equal(count, page.pvCount(), "list entries of " + page));
        Expect.equal(mappings.values().stream().mapToInt(Integer::intValue).sum(), rig.module().stats().pvEntries(),
                "list entries of all pages");
        Expect.equal(frames.cardinality(), rig.module().stats().tablePages(), "table pages");
        Expect.equal(frames.cardinality(), rig.pool().tables(), "table pages taken from the kernel");
        audit.check();
        List<String> broken = new ArrayList<>();
        rig.module().check(broken);
        Expect.that(broken.isEmpty(), "the module's own check: " + broken);
    }

    /** I1 to I3 and I8. */
    private void counts(Pmap pmap, Map<VmPage, Integer> mappings) {
        int[] found = new int[2];
        long[] last = {-1};
        pmap.forEachMapping((va, page, prot, wired, referenced, modified) -> {
            Expect.that(va > last[0], "mappings are shown in order of address");
            last[0] = va;
            found[0]++;
            found[1] += wired ? 1 : 0;
            mappings.merge(page, 1, Integer::sum);
            Expect.equal(page.physicalAddress(), pmap.extract(va), "extract of 0x" + Long.toHexString(va));
            Expect.that((prot & VmProt.WRITE) == 0 || page.writeable(), "writable pages are marked");
            Expect.that(!modified || (prot & VmProt.WRITE) != 0, "a modified mapping is writable");
        });
        Expect.equal(found[0], pmap.residentCount(), "resident pages");
        Expect.equal(found[1], pmap.wiredCount(), "wired pages");
    }

    /** Entries of a table that are not empty, read from memory. */
    private int used(Pmap pmap, long firstVa, long table, int bytes, int level) {
        List<WalkStep> walk = pmap.describe(firstVa);
        // A table that a superpage stands for is kept as a spare, and no walk comes to it.
        WalkStep step = walk.get(Math.min(level, walk.size() - 1));
        boolean spare = walk.size() <= level;
        Expect.that(spare || table == step.tableAddress(), "a table is on the walk of its first address");
        int used = 0;
        for (int at = 0; at < bytes; at += step.descriptorBytes()) {
            boolean empty = step.descriptorBytes() == Long.BYTES
                    ? rig.memory().get64(table + at) == 0
                    : rig.memory().get32(table + at) == 0;
            used += empty ? 0 : 1;
        }
        return used;
    }
}
