// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import static machine.core.mmu.TlbVisitor.GLOBAL;

import java.util.BitSet;
import java.util.List;
import kernel.vm.pmap.VmProt;
import machine.core.engine.Engine;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Mmu;

/**
 * Compares what a module keeps beside its tables, and what the TLBs hold, with the descriptors in memory.
 *
 * <p>Translations of spaces that are not loaded on a CPU cannot be used there and are not looked at.
 */
final class RadixAudit {
    private final RadixPmapModule module;
    private final EntryFormat format;
    private final List<String> broken;
    private int mappings;
    private final BitSet tableFrames = new BitSet();

    RadixAudit(RadixPmapModule module, List<String> broken) {
        this.module = module;
        this.format = module.format();
        this.broken = broken;
    }

    void check(Engine engine) {
        for (int id = 0; id < module.pmaps().limit(); id++) {
            RadixPmap pmap = module.pmaps().get(id);
            if (pmap != null) {
                checkCounts(pmap);
                checkTables(pmap);
                checkTlbs(pmap, engine);
            }
        }
        require(module.pv().live() == mappings, "%d pv entries for %d mappings", module.pv().live(), mappings);
        require(module.store().pages() == tableFrames.cardinality(), "%d table pages in use, but %d are reachable",
                module.store().pages(), tableFrames.cardinality());
    }

    private void checkCounts(RadixPmap pmap) {
        int[] found = new int[2];
        pmap.tables().sweep(pmap, 0, module.addressLimit(), (owner, va, table, slot, entry) -> {
            found[0]++;
            found[1] += format.wired(entry) ? 1 : 0;
            if (module.managed(entry)) {
                mappings++;
                boolean writable = (format.prot(entry) & VmProt.WRITE) != 0;
                require(!writable || module.page(format.frame(entry)).writeable(),
                        "0x%x is mapped writable, but its page is not marked", va);
            }
        });
        require(found[0] == pmap.residentCount() && found[1] == pmap.wiredCount(),
                "a pmap with %d mappings, %d of them wired, counts %d and %d",
                found[0], found[1], pmap.residentCount(), pmap.wiredCount());
    }

    private void checkTables(RadixPmap pmap) {
        RadixGeometry geometry = format.geometry();
        pmap.forEachTable((level, table, bytes, firstVa, live) -> {
            int frame = (int) (table >>> PhysicalMemory.PAGE_SHIFT);
            tableFrames.set(frame, frame + geometry.tablePages(level));
            int used = 0;
            for (int at = 0; at < bytes; at += geometry.entryBytes()) {
                used += pmap.tables().read(table + at) == 0 ? 0 : 1;
            }
            require(used == live, "the table at 0x%x has %d entries, but counts %d", table, used, live);
            require(used > 0 || level < format.fixedLevels(), "the table at 0x%x is empty", table);
        });
    }

    private void checkTlbs(RadixPmap pmap, Engine engine) {
        for (int cpu = pmap.active().next(0); cpu >= 0; cpu = pmap.active().next(cpu + 1)) {
            Mmu mmu = engine.cpu(cpu).mmu();
            int number = cpu;
            require(mmu.root() == pmap.root(), "CPU %d has another root than the pmap loaded on it", cpu);
            mmu.forEachEntry((va, asid, frame, pageShift, rights, dirtyKnown) -> {
                if (asid == mmu.asid() || asid == GLOBAL) {
                    int usable = dirtyKnown ? rights : rights & ~VmProt.WRITE;
                    require(allows(pmap, va, frame, usable), "CPU %d holds a stale translation of 0x%x", number, va);
                }
            });
        }
    }

    private boolean allows(RadixPmap pmap, long va, long frame, int rights) {
        long leaf = pmap.tables().leaf(va);
        if (!format.present(leaf) || format.frame(leaf) != frame) {
            return false;
        }
        int granted = format.modified(leaf) ? format.prot(leaf) : format.prot(leaf) & ~VmProt.WRITE;
        return (rights & ~granted) == 0;
    }

    private void require(boolean condition, String text, Object... values) {
        if (!condition) {
            broken.add("pmap: " + text.formatted(values));
        }
    }
}
