// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.pmap.PmapHost;
import machine.core.cost.Cost;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;

/**
 * Which address space each CPU has loaded.
 *
 * <p>The states are those of NetBSD's x86 pmap_tlb.c: loaded (TLBSTATE_VALID), loaded while the CPU has no use for it
 * (TLBSTATE_LAZY), and left since (TLBSTATE_STALE), when the root is in the register but what the TLB holds of the space
 * is not kept up to date.
 */
final class LoadedSpaces {
    private final Engine engine;
    private final TlbControl tlb;
    private final long reloadNanos;
    private final RadixPmap[] loaded;
    private final RadixPmap[] stale;
    private final boolean[] resting;

    LoadedSpaces(PmapHost host, TlbControl tlb) {
        engine = host.engine();
        this.tlb = tlb;
        reloadNanos = host.costs().nanos(Cost.LOAD_ROOT);
        int cpus = engine.cpuCount();
        loaded = new RadixPmap[cpus];
        stale = new RadixPmap[cpus];
        resting = new boolean[cpus];
    }

    /** The space whose translations a CPU could use, or null. */
    RadixPmap on(int cpu) {
        return loaded[cpu];
    }

    /** Whether a CPU has a space loaded that it does not use now. */
    boolean lazy(RadixPmap pmap, int cpu) {
        return resting[cpu] && loaded[cpu] == pmap;
    }

    void activate(RadixPmap pmap, Cpu cpu) {
        int id = cpu.id();
        RadixPmap previous = loaded[id];
        resting[id] = false;
        if (previous == pmap) {
            return;
        }
        if (previous != null) {
            leave(previous, cpu);
        }
        if (stale[id] == pmap && engine.current() != null) {
            // The switch was charged as one within the space.
            engine.current().charge(reloadNanos);
        }
        stale[id] = null;
        loaded[id] = pmap;
        tlb.activate(pmap, cpu);
        pmap.active().add(id);
    }

    void rest(RadixPmap pmap, Cpu cpu) {
        resting[cpu.id()] = loaded[cpu.id()] == pmap;
    }

    void deactivate(RadixPmap pmap, Cpu cpu) {
        int id = cpu.id();
        if (loaded[id] == pmap) {
            leave(pmap, cpu);
        } else if (stale[id] == pmap) {
            stale[id] = null;
        }
    }

    /** A CPU that does not use a space takes no part in its shootdowns any more, until it is loaded again. */
    void leaveStale(RadixPmap pmap, Cpu cpu) {
        leave(pmap, cpu);
        stale[cpu.id()] = pmap;
    }

    private void leave(RadixPmap pmap, Cpu cpu) {
        loaded[cpu.id()] = null;
        resting[cpu.id()] = false;
        pmap.active().remove(cpu.id());
        tlb.deactivate(pmap, cpu);
    }
}
