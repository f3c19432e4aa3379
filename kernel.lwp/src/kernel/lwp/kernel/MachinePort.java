// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.proc.Processes;
import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import machine.core.cost.CostTable;
import machine.core.mmu.TlbGeometry;
import machine.core.mmu.Walker;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;

/**
 * A variant of the slot {@code machine} as the kernel sees it: its numbers, read once, and its code, with a guard around
 * every call.
 */
final class MachinePort implements Machine {
    private final Machine machine;
    private final String name;
    private final MachineLimits limits;
    private final CostTable costs;
    private final TlbGeometry tlb;
    private final SlotGuard guard;
    private final VariantHandle mine;
    private final UserContextCodec contexts;
    private final SignalFrames frames;
    private final TrapAbi traps;
    private final int wordBits;
    private Walker walker;

    /** Reads the numbers; called in the first phase of a swap, or by who takes over. */
    MachinePort(Machine machine, Processes processes, SlotGuard guard, VariantHandle mine) {
        this.machine = machine;
        this.guard = guard;
        this.mine = mine;
        name = machine.name();
        limits = machine.limits();
        costs = machine.costs();
        tlb = machine.tlb();
        contexts = new CodecPort(machine.contexts(), guard, mine);
        frames = new FramesPort(machine.signalFrames(), processes, guard, mine);
        TrapAbi own = machine.traps();
        traps = own == null ? null : new TrapPort(own, guard, mine);
        wordBits = machine.wordBits();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MachineLimits limits() {
        return limits;
    }

    @Override
    public CostTable costs() {
        return costs;
    }

    @Override
    public TlbGeometry tlb() {
        return tlb;
    }

    @Override
    public Walker walker() {
        return walker;
    }

    /** Comes before {@link #walker}: both may belong together. */
    @Override
    public PmapModule pmapModule(PmapHost host) {
        PmapModule module = machine.pmapModule(host);
        walker = new WalkerPort(machine.walker(), guard, mine);
        return module;
    }

    @Override
    public UserContextCodec contexts() {
        return contexts;
    }

    @Override
    public SignalFrames signalFrames() {
        return frames;
    }

    @Override
    public TrapAbi traps() {
        return traps;
    }

    @Override
    public int wordBits() {
        return wordBits;
    }
}
