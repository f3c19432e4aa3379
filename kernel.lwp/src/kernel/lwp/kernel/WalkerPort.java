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
final class WalkerPort extends MachineCode implements Walker {
    private final Walker walker;

    WalkerPort(Walker walker, SlotGuard guard, VariantHandle mine) {
        super(guard, mine);
        this.walker = walker;
    }

    @Override
    public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
        int outer = guard.enter();
        try {
            int kind = walker.walk(memory, root, va, access, out);
            guard.exit(outer);
            if (kind != FaultKind.NONE || out.frame >= 0 && out.frame < memory.size() + memory.deviceBytes()) {
                return kind;
            }
            guard.evict(EvictionReport.Kind.RULE, "walk", "it translated 0x" + Long.toHexString(va)
                    + " to 0x" + Long.toHexString(out.frame) + ", where no memory is");
        } catch (Throwable e) {
            threw("walk", outer, e);
        }
        return FaultKind.TRANSLATION;
    }
}
