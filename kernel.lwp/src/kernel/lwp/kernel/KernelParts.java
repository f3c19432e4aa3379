// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.proc.Processes;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.Invariants;
import kernel.sched.lock.LockOrder;
import kernel.vm.system.VmSystem;
import machine.core.engine.Engine;
import machine.core.slot.Slot;
import machine.core.slot.SlotTable;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
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
        KernelQuirks quirks) {

    /** Swaps; while a slot is vacant the kernel stands still. */
    SwapReport swap(List<SwapRequest> requests) {
        SwapReport report = swapper.swap(requests);
        for (Slot slot : slots.slots()) {
            String missing = missing(slot);
            if (slot.active() == null && engine.haltReason() == null) {
                engine.halt(missing);
            } else if (slot.active() != null && missing.equals(engine.haltReason())) {
                engine.resume();
            }
        }
        return report;
    }

    private static String missing(Slot slot) {
        return slot.guard() != null ? slot.guard().missing()
                : "slot " + slot.name() + " is vacant: start a bundle that provides kernel.slot=" + slot.name();
    }

    void check(List<String> broken) {
        broken.addAll(Invariants.checkAtRest(dispatcher));
        processes.check(broken);
        vm.context().pmap().check(broken);
        vm.pageout().check(broken);
        LockOrder order = processes.sleep().lockOrder();
        if (order != null) {
            broken.addAll(order.violations());
        }
    }

    /** Gives all variants back, so that an ended kernel keeps no bundle alive. */
    void vacate() {
        List<SwapRequest> all = new ArrayList<>();
        for (Slot slot : slots.slots()) {
            if (slot.active() != null) {
                all.add(new SwapRequest(slot.name(), null));
            }
        }
        swapper.swap(all);
    }
}
