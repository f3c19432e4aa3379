// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.List;
import kernel.lwp.proc.Processes;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.Invariants;
import kernel.vm.system.VmSystem;
import machine.core.engine.Engine;
import machine.core.slot.SlotTable;
import machine.core.slot.Swapper;
import machine.core.slot.VariantSource;

/** The floors of one kernel, put together. */
record KernelParts(
        Engine engine,
        Dispatcher dispatcher,
        VmSystem vm,
        Processes processes,
        SlotTable slots,
        Swapper swapper,
        VariantSource variants,
        SyscallTable calls,
        LwpSlot lwpSlot,
        MachineSlot machineSlot) {

    void check(List<String> broken) {
        broken.addAll(Invariants.check(dispatcher));
        processes.check(broken);
    }

    /** Gives the variants back after the engine has ended. */
    void release() {
        lwpSlot.release();
        machineSlot.release();
    }
}
