// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.proc.Processes;
import kernel.lwp.revision.LwpRevision;
import machine.core.slot.Slot;
import machine.core.slot.SlotGuard;
import machine.core.slot.SlotSwap;
import machine.core.slot.VariantHandle;

/** The slot {@code lwp}: which revision of the LWP system calls is in force. */
final class LwpSlot implements Slot {
    private final Processes processes;
    private final SlotGuard guard;

    LwpSlot(Processes processes) {
        this.processes = processes;
        guard = new LwpSuccession(this, processes).guard();
        processes.revisionGuard(guard);
    }

    @Override
    public String name() {
        return "lwp";
    }

    @Override
    public Class<?> variantType() {
        return LwpRevision.class;
    }

    @Override
    public SlotGuard guard() {
        return guard;
    }

    @Override
    public SlotSwap prepare(VariantHandle next) {
        if (next == null) {
            return new LwpSwap(this, processes, null, new VacantRevision(processes.activeRevision()));
        }
        LwpRevision revision = (LwpRevision) next.instance();
        revision.attach(processes.revisionHost());
        return new LwpSwap(this, processes, next, revision);
    }
}
