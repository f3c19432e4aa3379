// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.util.Objects;
import kernel.sched.quirk.QuirkSwitches;
import kernel.sched.sleep.Sleep;
import kernel.vm.disk.Disk;
import kernel.vm.disk.SwapSpace;
import kernel.vm.hook.VmHooks;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmCounters;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import machine.core.slot.GuestFault;
import machine.core.slot.SlotGuard;
import machine.core.watchdog.EvictionReport;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What all parts of one kernel's memory layer share.
 *
 * <p>The pmap module, the costs and the profile can be replaced while the kernel stands still (a swap), so nobody
 * keeps them in a field.
 */
@ProviderType
public final class VmContext {
    private final Engine engine;
    private final Sleep sleep;
    private final PagePool pages;
    private final VmCounters counters = new VmCounters();
    private final VmObjects objects;
    private final VmWaits waits;
    private final PageTransfers transfers;
    private final VmTunables tunables;
    private PmapModule pmap;
    private CostTable costs;
    private final QuirkSwitches<Quirk> quirks;
    private VmProfile profile;
    private SignalPersonality signals = SignalPersonality.MODERN;
    private final VmHooks hooks = new VmHooks(this::dropped);
    private String lastHazard = "";
    private boolean tlbsWatched;
    private SlotGuard machineGuard;

    /**
     * A memory layer without a machine; {@link #machine} comes before the first address space.
     *
     * @param swapBytes size of the swap device, 0 for none
     */
    public VmContext(Engine engine, Sleep sleep, long swapBytes) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.sleep = Objects.requireNonNull(sleep, "sleep");
        pages = new PagePool(engine.memory().size());
        objects = new VmObjects(this, new SwapSpace(swapBytes));
        waits = new VmWaits(engine, sleep);
        transfers = new PageTransfers(this, new Disk(engine, cost -> costs.nanos(cost)));
        tunables = new VmTunables(pages);
        quirks = new QuirkSwitches<>("vm", Quirk.class, on -> profile = profile.with(on));
        profile(VmProfile.seed());
    }

    /** The machine it runs on. */
    public Engine engine() {
        return engine;
    }

    /** What locks of the memory layer sleep on. */
    public Sleep sleep() {
        return sleep;
    }

    /** Physical memory, page by page. */
    public PagePool pages() {
        return pages;
    }

    /** What it counts. */
    public VmCounters counters() {
        return counters;
    }

    /** Makes and frees memory objects. */
    public VmObjects objects() {
        return objects;
    }

    /** Who is asked about mappings, or told of them. */
    public VmHooks hooks() {
        return hooks;
    }

    /** Sleeping for pages and memory. */
    public VmWaits waits() {
        return waits;
    }

    /** Reading and writing pages. */
    public PageTransfers transfers() {
        return transfers;
    }

    /** The numbers that {@code sysctl} shows and sets. */
    public VmTunables tunables() {
        return tunables;
    }

    /** The page-table code of the machine that is plugged in now. */
    public PmapModule pmap() {
        return pmap;
    }

    /** What things cost on the machine of now, in nanoseconds; another one after a swap of machines. */
    public CostTable costs() {
        return costs;
    }

    /** Plugs in a machine's page-table code and costs. */
    public void machine(PmapModule module, CostTable table) {
        if (pmap != null && tlbsWatched) {
            pmap.watchTlbs(false);
        }
        pmap = module;
        costs = table;
        if (tlbsWatched) {
            pmap.watchTlbs(true);
        }
        tunables.superpageOrder(module.superpageOrder());
    }

    /** Says who evicts the machine. */
    public void machineGuard(SlotGuard guard) {
        machineGuard = guard;
    }

    /**
     * The machine answers wrong: it is evicted.
     *
     * @throws KernelPanic if nobody can evict it
     */
    public void machineFailed(EvictionReport.Kind kind, String callback, String problem) {
        if (machineGuard == null || machineGuard.handle() == null) {
            throw new KernelPanic("pmap rule: in " + callback + ": " + problem);
        }
        machineGuard.evict(kind, callback, problem);
    }

    /** Looks for missing TLB invalidations from now on, on this machine and on those it is swapped for. */
    public void watchTlbs(boolean on) {
        tlbsWatched = on;
        pmap.watchTlbs(on);
    }

    /** The behaviour chosen for slot {@code vm}; another one after a swap. */
    public VmProfile profile() {
        return profile;
    }

    /** Replaces the profile; the user's choice of quirks holds all the same. */
    public void profile(VmProfile next) {
        profile = Objects.requireNonNull(next, "profile");
        quirks.usual(next.quirks());
    }

    /** The switches of the memory layer's quirks. */
    public QuirkSwitches<Quirk> quirks() {
        return quirks;
    }

    /** Which signals failed faults become; not a part of the profile. */
    public SignalPersonality signals() {
        return signals;
    }

    /** Replaces the signals of failed faults. */
    public void signals(SignalPersonality next) {
        signals = Objects.requireNonNull(next, "signals");
    }

    /** Charges one cost to the current CPU; nothing at a safe point. */
    public void charge(Cost cost) {
        Cpu cpu = engine.current();
        if (cpu != null) {
            cpu.charge(costs.nanos(cost));
        }
    }

    /** Records that the original would hang or corrupt memory here, or that a hook failed; the caller goes on. */
    public void hazard(String what) {
        counters.count(VmCounter.HAZARDS);
        lastHazard = what;
    }

    private void dropped(String hook, Throwable failure) {
        hazard(GuestFault.report(engine, "hook", hook, "the " + hook, failure).message() + " and was dropped");
    }

    /** The last hazard, or an empty text. */
    public String lastHazard() {
        return lastHazard;
    }
}
