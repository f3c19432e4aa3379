// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import kernel.sched.sleep.Sleep;
import kernel.vm.fault.VmFault;
import kernel.vm.file.VmFiles;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmSpace;
import kernel.vm.map.VmSpaces;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounters;
import kernel.vm.pageout.Pageout;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.syscall.UserMemory;
import machine.core.cost.CostTable;
import machine.core.engine.Engine;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The memory layer of one kernel.
 *
 * <p>Made with the kernel; a machine is plugged in with {@link #plug} before the first address space, and replaced
 * with a {@link PmapSwap} later. Engine thread only.
 */
@ProviderType
public final class VmSystem {
    private final VmContext context;
    private final Pageout pageout;
    private final VmFault faults;
    private final VmSpaces spaces;
    private final VmFiles files;

    /**
     * A memory layer without a machine.
     *
     * @param fileRoot the host directory that programs see as {@code /}, or null for none
     * @param swapBytes size of the swap device, 0 for none
     */
    public VmSystem(Engine engine, Sleep sleep, Path fileRoot, long swapBytes) {
        context = new VmContext(engine, sleep, swapBytes);
        pageout = new Pageout(context, sleep.dispatcher());
        faults = new VmFault(context, pageout);
        spaces = new VmSpaces(context, faults);
        pageout.spaces(spaces);
        files = new VmFiles(context, fileRoot);
    }

    /**
     * What a machine makes its pmap module with.
     *
     * @param costs the costs of that machine
     */
    public PmapHost pmapHost(CostTable costs) {
        return new HostSide(context, costs);
    }

    /**
     * Makes the page-table code of a variant of the slot {@code machine}, with a guard around every call.
     *
     * @param maker makes the machine's own module
     * @param costs the costs of that machine
     * @param mine the handle of the variant: while the guard has it, whatever fails is evicted
     */
    public PmapModule guarded(Function<PmapHost, PmapModule> maker, CostTable costs, SlotGuard guard, VariantHandle mine) {
        HostSide host = new HostSide(context, costs);
        return new ModulePort(maker.apply(host), host, guard, mine);
    }

    /** Goes on without a machine that failed; its module was {@link #guarded}. */
    public PmapSuccession succession() {
        return new PmapSuccession(context, spaces);
    }

    /** Plugs in the first machine. The caller installs its walker in the MMUs. */
    public void plug(PmapModule module, CostTable costs, VmLimits limits) {
        context.machine(Objects.requireNonNull(module, "module"), Objects.requireNonNull(costs, "costs"));
        spaces.limits(limits);
    }

    /** Prepares to replace the machine's page tables; nothing changes before {@link PmapSwap#build}. */
    public PmapSwap swapTo(PmapModule module, CostTable costs, VmLimits limits) {
        if (pages().pagingTarget() > 0) {
            pageout.reclaimNow();
        }
        return new PmapSwap(context, spaces, module, costs, limits);
    }

    /** What all parts of the memory layer share. */
    public VmContext context() {
        return context;
    }

    /** The address spaces. */
    public VmSpaces spaces() {
        return spaces;
    }

    /** Page replacement. */
    public Pageout pageout() {
        return pageout;
    }

    /** What handles page faults. */
    public VmFault faults() {
        return faults;
    }

    /** The file system. */
    public VmFiles files() {
        return files;
    }

    /** Physical memory, page by page. */
    public PagePool pages() {
        return context.pages();
    }

    /** What the memory layer counts. */
    public VmCounters counters() {
        return context.counters();
    }

    /** The view of user memory for a new LWP. */
    public UserMemory userMemory(VmSpace space) {
        return new UserMemory(context, faults, space);
    }
}
