// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.Machine;
import kernel.vm.pmap.PmapModule;
import machine.core.slot.SlotSwap;
import machine.core.slot.VariantHandle;

/** Fills the machine slot of a kernel that has no address space yet. */
final class FirstMachine implements SlotSwap {
    private final MachineSlot slot;
    private final VariantHandle next;
    private final Machine machine;
    private final PmapModule module;

    FirstMachine(MachineSlot slot, VariantHandle next, Machine machine, PmapModule module) {
        this.slot = slot;
        this.next = next;
        this.machine = machine;
        this.module = module;
    }

    @Override
    public void export() {
        // There is nothing to take out.
    }

    @Override
    public void importState() {
        // There is nothing to put in.
    }

    @Override
    public void commit() {
        slot.guard().fill(next);
        slot.install(machine);
        slot.processes().vm().plug(module, machine.costs(), MachineSlot.limitsOf(machine));
    }

    @Override
    public void rollback() {
        module.close();
    }

    @Override
    public VariantHandle release() {
        return null;
    }

    @Override
    public int moved() {
        return 0;
    }
}
