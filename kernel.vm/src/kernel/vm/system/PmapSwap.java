// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.map.VmSpaces;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapModule;
import kernel.vm.pmap.VmProt;
import machine.core.cost.CostTable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Replaces the page tables of every address space by those of another machine, at a safe point.
 *
 * <p>Whoever owns the machine slot drives it: {@link #checkFits}, {@link #harvest}, {@link #build}, {@link #verify};
 * then either {@link #rollback}, or {@link #commit}, installing the new walker in all MMUs, {@link #activate} and
 * {@link #releaseOld}. Until commit the old tables are complete. Unwired mappings are not carried over: faults bring
 * them back. No modified bit is lost, because harvest folds all of them into the pages.
 */
@ProviderType
public final class PmapSwap {
    /** One address space on its way. */
    private static final class SpaceSwap {
        final VmSpace space;
        final List<WiredMapping> wired;
        Pmap built;
        Pmap old;

        SpaceSwap(VmSpace space, List<WiredMapping> wired) {
            this.space = space;
            this.wired = wired;
        }
    }

    private final VmContext context;
    private final VmSpaces spaces;
    private final PmapModule oldModule;
    private final PmapModule newModule;
    private final CostTable newCosts;
    private final VmLimits newLimits;
    private final PvSnapshot aside;
    private final List<SpaceSwap> parts = new ArrayList<>();
    private boolean exchanged;
    private int harvested;
    private int carried;

    PmapSwap(
            VmContext context, VmSpaces spaces, PmapModule newModule, CostTable newCosts, VmLimits newLimits) {
        this.context = context;
        this.spaces = spaces;
        this.oldModule = context.pmap();
        this.newModule = newModule;
        this.newCosts = newCosts;
        this.newLimits = newLimits;
        aside = new PvSnapshot(context.pages());
    }

    /** What is mapped outside of the new machine's user addresses; the swap is only possible if this is empty. */
    public List<OffendingRange> checkFits() {
        List<OffendingRange> offending = new ArrayList<>();
        for (VmSpace space = spaces.first(); space != null; space = space.next()) {
            for (VmMapEntry entry = space.map().first(); entry != null; entry = entry.next()) {
                if (entry.start() < newLimits.minAddress() || entry.end() > newLimits.maxAddress()) {
                    offending.add(new OffendingRange(space, entry.start(), entry.end(), entry.protection()));
                }
            }
        }
        return offending;
    }

    /** Folds all referenced and modified bits into the pages, and notes what is wired. The old tables stay. */
    public void harvest() {
        for (VmSpace space = spaces.first(); space != null; space = space.next()) {
            space.pmap().forEachMapping((va, page, prot, isWired, referenced, modified) -> {
                harvested++;
                if (modified) {
                    page.markDirty();
                }
                if (referenced) {
                    page.markReferenced();
                }
            });
            List<WiredMapping> mappings = wiredMappings(space);
            carried += mappings.size();
            parts.add(new SpaceSwap(space, mappings));
        }
    }

    /** The wired pages as the map knows them; the old tables are only a cache of that. */
    private List<WiredMapping> wiredMappings(VmSpace space) {
        List<WiredMapping> mappings = new ArrayList<>();
        for (VmMapEntry entry = space.map().first(); entry != null; entry = entry.next()) {
            if (entry.wiredCount() != 0) {
                for (long va = entry.start(); va < entry.end(); va += PagePool.PAGE_SIZE) {
                    addWired(mappings, entry, va);
                }
            }
        }
        return mappings;
    }

    private void addWired(List<WiredMapping> mappings, VmMapEntry entry, long va) {
        VmObject top = entry.object();
        VmPage page = context.objects().findInChain(top, entry.indexOf(va));
        // A page that was cut off a file stays wired but holds nothing; the next access decides, as before.
        if (page != null && page.valid() != 0 && page.wireCount() > 0) {
            boolean own = page.owner() == top && !entry.has(EntryFlags.NEEDS_COPY);
            int protection = own ? entry.protection() : entry.protection() & ~VmProt.WRITE;
            mappings.add(new WiredMapping(va, page, protection));
        }
    }

    /**
     * Makes the new tables with all wired mappings.
     *
     * @return null, or why it is not possible; then {@link #rollback}
     */
    public String build() {
        aside.exchange();
        exchanged = true;
        for (SpaceSwap part : parts) {
            part.built = newModule.create();
            if (part.built == null) {
                return "no memory for the root page table of address space " + part.space.id();
            }
            for (WiredMapping mapping : part.wired) {
                if (enter(part.built, mapping) != KernResult.SUCCESS) {
                    return "no memory for the page tables of the locked pages of address space " + part.space.id();
                }
            }
        }
        return null;
    }

    private static int enter(Pmap pmap, WiredMapping mapping) {
        if ((mapping.protection() & VmProt.WRITE) != 0) {
            mapping.page().writeable(true);
        }
        return pmap.enter(mapping.va(), mapping.page(), mapping.protection(), VmProt.READ | Pmap.WIRED);
    }

    /** Checks the new tables against the maps; null, or what is wrong. */
    public String verify() {
        for (SpaceSwap part : parts) {
            Pmap pmap = part.built;
            int expected = part.wired.size();
            if (pmap.wiredCount() != expected || pmap.residentCount() != expected) {
                return "address space " + part.space.id() + ": " + expected + " locked pages, but the new tables have "
                        + pmap.wiredCount() + " wired and " + pmap.residentCount() + " resident";
            }
            for (WiredMapping mapping : part.wired) {
                if (pmap.extract(mapping.va()) != mapping.page().physicalAddress()) {
                    return "address space " + part.space.id() + ": the new tables lack 0x"
                            + Long.toHexString(mapping.va());
                }
            }
        }
        return null;
    }

    /** Throws the new tables away; everything is as it was before {@link #harvest}. Closes the new module. */
    public void rollback() {
        for (SpaceSwap part : parts) {
            if (part.built != null) {
                tearDown(part.built);
            }
        }
        parts.clear();
        if (exchanged) {
            aside.exchange();
            exchanged = false;
        }
        newModule.close();
    }

    private void tearDown(Pmap pmap) {
        pmap.remove(0, Math.max(newLimits.maxAddress(), spaces.limits().maxAddress()));
        pmap.release();
    }

    /** Makes the new tables those of the spaces; cannot fail. The MMUs still have the old ones loaded. */
    public void commit() {
        for (SpaceSwap part : parts) {
            part.old = part.space.pmap();
            part.space.leaveCpus(context.engine());
            spaces.replacePmap(part.space, part.built, newLimits);
        }
        context.machine(newModule, newCosts);
        spaces.limits(newLimits);
    }

    /** Loads the new tables where the spaces are in use; the new walkers are installed by now. */
    public void activate() {
        for (SpaceSwap part : parts) {
            part.space.enterCpus(context.engine());
        }
    }

    /** Frees the old tables and closes the old module. */
    public void releaseOld() {
        aside.exchange();
        for (SpaceSwap part : parts) {
            tearDown(part.old);
        }
        oldModule.close();
        aside.exchange();
        parts.clear();
    }

    /** How many mappings the old tables had. */
    public int harvestedMappings() {
        return harvested;
    }

    /** How many wired mappings were carried over. */
    public int wiredMappings() {
        return carried;
    }
}
