// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.List;
import java.util.stream.Collectors;
import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.MachineLimits;
import kernel.lwp.proc.Processes;
import kernel.vm.map.VmLimits;
import kernel.vm.map.VmSpace;
import kernel.vm.pmap.PmapModule;
import kernel.vm.system.OffendingRange;
import kernel.vm.system.PmapSwap;
import kernel.vm.system.VmSystem;
import machine.core.cost.CostTable;
import machine.core.engine.Engine;
import machine.core.slot.Slot;
import machine.core.slot.SlotGuard;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;

/** The slot {@code machine}: page tables, register context, limits and costs. */
final class MachineSlot implements Slot {
    /** FreeBSD's sgrowsiz. */
    private static final long STACK_GROW_BYTES = 128L << 10;
    private static final int SHOWN_RANGES = 8;

    private final Processes processes;
    private final SlotGuard guard;

    MachineSlot(Processes processes) {
        this.processes = processes;
        guard = new SlotGuard(processes.engine(), name(), "machine", "machine.x86.amd64",
                (callback, a, b) -> "0x" + Long.toHexString(a) + " 0x" + Long.toHexString(b),
                new MachineSuccession(this));
        processes.vm().context().machineGuard(guard);
    }

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public Class<?> variantType() {
        return Machine.class;
    }

    @Override
    public SlotGuard guard() {
        return guard;
    }

    @Override
    public SlotSwap prepare(VariantHandle next) throws SwapException {
        Machine machine = next == null ? new VacantMachine(processes.machine()) : ported(next);
        requireWordSize(machine);
        if (next != null) {
            requireMemory(machine);
        }
        VmSystem vm = processes.vm();
        PmapModule module = vm.guarded(machine::pmapModule, machine.costs(), guard, next);
        if (processes.machine() == null) {
            return new FirstMachine(this, next, machine, module);
        }
        PmapSwap pages = vm.swapTo(module, machine.costs(), limitsOf(machine));
        List<OffendingRange> offending = pages.checkFits();
        if (!offending.isEmpty()) {
            module.close();
            throw new SwapException(refusal(machine, offending));
        }
        return new MachineSwap(this, next, machine, pages);
    }

    /** A machine with guards around all its code. */
    Machine ported(VariantHandle next) {
        return new MachinePort((Machine) next.instance(), processes, guard, next);
    }

    /** Whether the processes that there are can run on a machine. */
    boolean hasWordSize(Machine machine) {
        return processes.table().size() == 0 || processes.wordBits() == machine.wordBits();
    }

    private void requireWordSize(Machine machine) throws SwapException {
        if (!hasWordSize(machine)) {
            throw new SwapException("machine " + machine.name() + " has pointers of " + machine.wordBits()
                    + " bits, the running processes use " + processes.wordBits()
                    + "; boot a kernel with --machine " + machine.name() + " instead");
        }
    }

    private void requireMemory(Machine machine) throws SwapException {
        // The memory of devices lies behind RAM.
        long bytes = processes.engine().memory().size() + processes.engine().memory().deviceBytes();
        long most = machine.limits().maxPhysicalBytes();
        if (bytes > most) {
            throw new SwapException("machine " + machine.name() + " reaches " + most + " bytes of memory, the kernel has "
                    + bytes + "; boot a kernel with less");
        }
    }

    private String refusal(Machine machine, List<OffendingRange> offending) {
        StringBuilder text = new StringBuilder("machine " + machine.name() + " cannot address");
        VmSpace space = null;
        int shown = 0;
        for (OffendingRange range : offending.subList(0, Math.min(SHOWN_RANGES, offending.size()))) {
            text.append(shown++ == 0 ? " " : ", ");
            if (range.space() != space) {
                space = range.space();
                text.append(ownerOf(space)).append(": ");
            }
            text.append(range.text());
        }
        if (offending.size() > shown) {
            text.append(" and ").append(offending.size() - shown).append(" more ranges");
        }
        return text.append("; unmap them first").toString();
    }

    /** The processes of an address space, by pid and name. */
    private String ownerOf(VmSpace space) {
        String owners = processes.table().all().stream().filter(p -> p.vmspace() == space)
                .map(p -> p.pid() + " " + p.name()).collect(Collectors.joining(" and "));
        return "process " + owners;
    }

    Processes processes() {
        return processes;
    }

    /**
     * Makes a machine the one whose walker, costs and register context are used; registers keep their roles, so only the
     * flags register is new.
     */
    void install(Machine machine) {
        Engine engine = processes.engine();
        CostTable costs = machine.costs();
        FpuFormat before = processes.fpu().format();
        for (int i = 0; i < engine.cpuCount(); i++) {
            engine.cpu(i).mmu().install(machine.walker(), machine.tlb(), costs);
        }
        processes.dispatcher().setCosts(costs);
        processes.trap().costs(costs);
        processes.machine(machine);
        long status = machine.contexts().initialStatus();
        processes.forEachLwp(l -> {
            l.registers().status = status;
            processes.fpu().swapped(l, before);
        });
    }

    static VmLimits limitsOf(Machine machine) {
        MachineLimits limits = machine.limits();
        return new VmLimits(limits.minUserAddress(), limits.maxUserAddress(), machine.wordBits(), false,
                STACK_GROW_BYTES);
    }
}
