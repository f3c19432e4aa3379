// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.Machine;
import kernel.vm.system.PmapSwap;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;

/**
 * Replaces the machine under running processes.
 *
 * <p>Modified and referenced bits and wired mappings cross; other mappings come back by faults. Registers are kept
 * by role, so only the flags register is replaced, by the new machine's minimal value; floating-point registers are kept
 * by number.
 */
final class MachineSwap implements SlotSwap {
    private final MachineSlot slot;
    private final VariantHandle next;
    private final Machine machine;
    private final PmapSwap pages;
    private VariantHandle old;

    MachineSwap(MachineSlot slot, VariantHandle next, Machine machine, PmapSwap pages) {
        this.slot = slot;
        this.next = next;
        this.machine = machine;
        this.pages = pages;
    }

    @Override
    public void export() {
        pages.harvest();
    }

    @Override
    public void importState() throws SwapException {
        String problem = pages.build();
        if (problem == null) {
            problem = pages.verify();
        }
        if (problem != null) {
            throw new SwapException("machine " + machine.name() + ": " + problem);
        }
    }

    @Override
    public void commit() {
        old = slot.guard().fill(next);
        pages.commit();
        slot.install(machine);
        pages.activate();
    }

    @Override
    public void rollback() {
        pages.rollback();
    }

    @Override
    public VariantHandle release() {
        pages.releaseOld();
        VariantHandle given = old;
        old = null;
        return given;
    }

    @Override
    public int moved() {
        return pages.harvestedMappings();
    }
}
