// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.EXEC;
import static kernel.vm.pmap.VmProt.READ;
import static kernel.vm.pmap.VmProt.WRITE;

import java.util.Map;
import java.util.TreeMap;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapCapabilities;

/** What a pmap may contain at most, and must contain at least: a plain map from address to mapping. */
final class PmapModel {
    private record Mapping(VmPage page, int prot, boolean wired) {}

    private final TreeMap<Long, Mapping> mappings = new TreeMap<>();
    private final PmapCapabilities capabilities;

    PmapModel(PmapRig rig) {
        capabilities = rig.module().capabilities();
    }

    VmPage page(long va) {
        Mapping mapping = mappings.get(va);
        return mapping == null ? null : mapping.page;
    }

    void enter(long va, VmPage page, int prot, boolean wired) {
        mappings.put(va, new Mapping(page, expressible(prot), wired));
    }

    /** What hardware that cannot tell all rights apart grants instead. */
    private int expressible(int prot) {
        int granted = prot;
        if (prot != 0 && (!capabilities.executeOnly() || (prot & WRITE) != 0)) {
            granted |= READ;
        }
        if (!capabilities.noAccess()) {
            granted |= READ;
        }
        return capabilities.noExecute() ? granted : granted | (granted != 0 ? EXEC : 0);
    }

    void remove(long start, long end) {
        mappings.subMap(start, end).clear();
    }

    void protect(long start, long end, int prot) {
        if ((prot & WRITE) != 0 && (prot & EXEC) != 0) {
            return;
        }
        if (prot == 0) {
            remove(start, end);
            return;
        }
        mappings.subMap(start, end).replaceAll((va, old) -> lowered(old, prot));
    }

    private Mapping lowered(Mapping old, int prot) {
        int kept = old.prot & (prot | READ | (capabilities.noExecute() ? 0 : EXEC));
        return new Mapping(old.page, kept, old.wired);
    }

    void wire(long va, boolean on) {
        mappings.computeIfPresent(va, (at, old) -> new Mapping(old.page, old.prot, on));
    }

    void pageProtect(VmPage page, int prot) {
        if ((prot & WRITE) != 0) {
            return;
        }
        if (prot == 0) {
            mappings.values().removeIf(mapping -> mapping.page == page);
            return;
        }
        mappings.replaceAll((va, old) ->
                old.page == page ? new Mapping(old.page, old.prot & ~WRITE, old.wired) : old);
    }

    void clear() {
        mappings.clear();
    }

    void removeUnwired() {
        mappings.values().removeIf(mapping -> !mapping.wired);
    }

    void copyFrom(PmapModel parent) {
        parent.mappings.forEach((va, old) -> mappings.put(va, new Mapping(old.page, old.prot & ~WRITE, false)));
    }

    /**
     * Judges an access.
     *
     * @param pa what it reached, or -1 if it was refused
     */
    void checkAccess(long va, int access, long pa) {
        Mapping mapping = mappings.get(va);
        boolean mayBeAllowed = mapping != null && (mapping.prot & access) != 0;
        if (pa >= 0) {
            Expect.that(mayBeAllowed, "access " + access + " to 0x" + Long.toHexString(va) + " was not granted");
            Expect.equal(mapping.page.physicalAddress(), pa, "page reached");
        } else {
            boolean mayBeRefused = !mayBeAllowed || !mapping.wired;
            Expect.that(mayBeRefused, "wired page 0x" + Long.toHexString(va) + " refused access " + access);
        }
    }

    /** A pmap may have dropped unwired mappings, but has no others, and all wired ones. */
    void check(Pmap pmap) {
        int[] wiredFound = new int[1];
        pmap.forEachMapping((va, page, prot, wired, referenced, modified) -> {
            Mapping mapping = mappings.get(va);
            boolean entered = mapping != null && mapping.page == page;
            Expect.that(entered, "0x" + Long.toHexString(va) + " maps what was entered");
            Expect.equal(0, prot & ~mapping.prot, "rights beyond those granted at 0x" + Long.toHexString(va));
            Expect.that(mapping.wired == wired, "the wired mark at 0x" + Long.toHexString(va));
            wiredFound[0] += wired ? 1 : 0;
        });
        long wiredExpected = mappings.entrySet().stream().filter(entry -> entry.getValue().wired).map(Map.Entry::getKey)
                .count();
        Expect.equal(wiredExpected, wiredFound[0], "wired mappings");
    }
}
