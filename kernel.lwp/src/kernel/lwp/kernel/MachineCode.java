// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;

/** Code of one machine behind the guard of its slot. It is not replaced: a successor brings code of its own. */
abstract class MachineCode {
    final SlotGuard guard;
    private final VariantHandle mine;

    MachineCode(SlotGuard guard, VariantHandle mine) {
        this.guard = guard;
        this.mine = mine;
    }

    /** A call threw; the machine is evicted if it is still in the slot. */
    final void threw(String callback, int outer, Throwable failure) {
        guard.threw(callback, outer, failure, guard.handle() == mine);
    }
}
