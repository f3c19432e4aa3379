// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.function.Function;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmSpace;
import kernel.vm.map.VmSpaces;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.CostTable;
import machine.core.engine.Engine;
import machine.core.slot.VariantHandle;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes all page tables again when the machine is evicted, without asking it anything.
 *
 * <p>Tables are a cache of maps and objects. What only the old ones knew, which pages were used and written, is taken for
 * granted of every page that they could have let a program write; so a page may be written back once too often, and
 * never too seldom. Whoever owns the machine slot drives it: {@link #forget}, {@link #build}, installing the new walker in
 * all MMUs, {@link #activate}.
 */
@ProviderType
public final class PmapSuccession {
    private final VmContext context;
    private final VmSpaces spaces;

    PmapSuccession(VmContext context, VmSpaces spaces) {
        this.context = context;
        this.spaces = spaces;
    }

    /** Whether all that is mapped lies within the addresses of a machine. */
    public boolean fits(VmLimits limits) {
        return OffendingRange.of(spaces, limits).isEmpty();
    }

    /** Takes the memory of the old tables back, and all that pages say about them. */
    public void forget() {
        Engine engine = context.engine();
        for (int id = 0; id < engine.cpuCount(); id++) {
            engine.cpu(id).mmu().watch(null);
        }
        ((ModulePort) context.pmap()).host().retire();
        PagePool pages = context.pages();
        for (int frame = 0; frame < pages.frames(); frame++) {
            VmPage page = pages.page(frame);
            if (page.pvCount() > 0) {
                page.markReferenced();
            }
            if (page.writeable()) {
                page.markDirty();
                page.writeable(false);
            }
            page.pvHead(0);
            page.pvCount(0);
            page.machineFlags(0);
        }
    }

    /**
     * Makes the tables of a successor, with the locked pages of every space; they are not loaded anywhere yet.
     *
     * @throws IllegalStateException if there is no memory for them
     */
    public void build(VariantHandle successor, Function<PmapHost, PmapModule> maker, CostTable costs, VmLimits limits) {
        HostSide host = new HostSide(context, costs);
        ModulePort port = (ModulePort) context.pmap();
        port.host(host);
        PmapModule module = maker.apply(host);
        port.replace(module, successor);
        WiredPages wired = new WiredPages(context);
        for (VmSpace space = spaces.first(); space != null; space = space.next()) {
            Pmap made = module.create();
            if (made == null || !WiredPages.enter(made, wired.of(space))) {
                throw new IllegalStateException("no memory for the page tables of address space " + space.id());
            }
            PmapPort tables = (PmapPort) space.pmap();
            tables.inner(made);
            spaces.replacePmap(space, tables, limits);
        }
        context.machine(port, costs);
        spaces.limits(limits);
    }

    /** Loads the new tables where the spaces are in use. */
    public void activate() {
        for (VmSpace space = spaces.first(); space != null; space = space.next()) {
            space.enterCpus(context.engine());
        }
    }
}
