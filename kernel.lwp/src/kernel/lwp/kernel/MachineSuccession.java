// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.Machine;
import kernel.vm.map.VmLimits;
import kernel.vm.system.PmapSuccession;
import machine.core.slot.SlotGuard;
import machine.core.slot.Succession;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.Guard;

/**
 * Goes on with another machine when the active one fails in the middle of a call: a pmap is a cache.
 *
 * <p>Only a machine on which all processes fit can take over, one with pointers of the same size that can address all that
 * is mapped. Without one no LWP can run any more, nor leave the kernel: that is a panic.
 */
@Guard
final class MachineSuccession implements Succession {
    private final MachineSlot slot;

    MachineSuccession(MachineSlot slot) {
        this.slot = slot;
    }

    private PmapSuccession pages() {
        return slot.processes().vm().succession();
    }

    @Override
    public boolean accepts(VariantHandle next) {
        Machine machine = (Machine) next.instance();
        return slot.hasWordSize(machine) && pages().fits(MachineSlot.limitsOf(machine));
    }

    @Override
    public void expel() {
        pages().forget();
    }

    @Override
    public void succeed(VariantHandle next) {
        if (next == null) {
            return;
        }
        SlotGuard guard = slot.guard();
        int outer = guard.enter();
        try {
            Machine machine = slot.ported(next);
            VmLimits limits = MachineSlot.limitsOf(machine);
            PmapSuccession pages = pages();
            pages.build(next, machine::pmapModule, machine.costs(), limits);
            slot.install(machine);
            pages.activate();
            guard.exit(outer);
        } catch (Throwable e) {
            guard.threw("pmapModule", outer, e, guard.handle() == next);
        }
    }

    @Override
    public String obstacle() {
        return "no other machine fits the processes that run, so the kernel cannot go on";
    }
}
