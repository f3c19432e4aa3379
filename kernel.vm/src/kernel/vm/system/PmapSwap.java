// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmSpace;
import kernel.vm.map.VmSpaces;
import kernel.vm.object.VmContext;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.CostTable;
import machine.core.watchdog.Overdue;
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
    private final WiredPages wiredPages;
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
        wiredPages = new WiredPages(context);
    }

    /** What is mapped outside of the new machine's user addresses; the swap is only possible if this is empty. */
    public List<OffendingRange> checkFits() {
        return OffendingRange.of(spaces, newLimits);
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
            List<WiredMapping> mappings = wiredPages.of(space);
            carried += mappings.size();
            parts.add(new SpaceSwap(space, mappings));
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
            if (!WiredPages.enter(part.built, part.wired)) {
                return "no memory for the page tables of the locked pages of address space " + part.space.id();
            }
        }
        return null;
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

    /**
     * Throws the new tables away; everything is as it was before {@link #harvest}. Closes the new module.
     *
     * <p>One that fails here loses its tables all the same.
     */
    public void rollback() {
        unlessItFails(() -> parts.stream().filter(part -> part.built != null).forEach(part -> tearDown(part.built)));
        parts.clear();
        if (exchanged) {
            aside.exchange();
            exchanged = false;
        }
        unlessItFails(newModule::close);
    }

    /** A machine that is not in the slot may fail without any harm. */
    private void unlessItFails(Runnable farewell) {
        try {
            farewell.run();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | Overdue failure) {
            context.hazard("a machine that is not used any more failed: " + failure);
        }
    }

    private void tearDown(Pmap pmap) {
        pmap.remove(0, Math.max(newLimits.maxAddress(), spaces.limits().maxAddress()));
        pmap.release();
    }

    /** Makes the new tables those of the spaces; cannot fail. The MMUs still have the old ones loaded. */
    public void commit() {
        for (SpaceSwap part : parts) {
            part.old = part.space.pmap();
            unlessItFails(() -> part.space.leaveCpus(context.engine()));
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

    /** Frees the old tables and closes the old module; one that fails here loses its tables all the same. */
    public void releaseOld() {
        aside.exchange();
        unlessItFails(() -> parts.forEach(part -> tearDown(part.old)));
        unlessItFails(oldModule::close);
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
