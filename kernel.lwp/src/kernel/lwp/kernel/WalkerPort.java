// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Guard;

/**
 * The machine's table walk with a guard around it.
 *
 * <p>When the machine is evicted the access faults, and is made again with the tables of the successor.
 */
@Guard
final class WalkerPort implements Walker {
    private final Walker walker;
    private final SlotGuard guard;
    private final VariantHandle mine;

    WalkerPort(Walker walker, SlotGuard guard, VariantHandle mine) {
        this.walker = walker;
        this.guard = guard;
        this.mine = mine;
    }

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        String outer = guard.enter("walk");
        try {
            int kind = walker.walk(memory, root, va, access, out);
            guard.exit(outer);
            if (kind != FaultKind.NONE || out.frame >= 0 && out.frame < memory.size() + memory.deviceBytes()) {
                return kind;
            }
            guard.evict(EvictionReport.Kind.RULE, "walk", "it translated 0x" + Long.toHexString(va)
                    + " to 0x" + Long.toHexString(out.frame) + ", where no memory is");
        } catch (Throwable e) {
            guard.threw("walk", outer, e, guard.handle() == mine);
        }
        return FaultKind.TRANSLATION;
    }
}
