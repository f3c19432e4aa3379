// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.policy.Scheduler;
import machine.core.slot.Slot;
import machine.core.slot.SlotGuard;
import machine.core.slot.SlotSwap;
import machine.core.slot.VariantHandle;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The {@code sched} slot of one kernel.
 *
 * <p>Without a scheduler the engine is halted; filling the slot resumes it.
 */
@ProviderType
public final class SchedSlot implements Slot {
    private final Dispatcher dispatcher;
    private final RecordPool records = new RecordPool();

    SchedSlot(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public String name() {
        return "sched";
    }

    @Override
    public Class<?> variantType() {
        return Scheduler.class;
    }

    @Override
    public SlotGuard guard() {
        return dispatcher.port().guard();
    }

    @Override
    public SlotSwap prepare(VariantHandle next) {
        return new SchedSwap(dispatcher, next, records);
    }
}
