// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kernel.lwp.proc.Processes;
import kernel.lwp.sched.SchedCalls;
import kernel.lwp.syscall.LwpCalls;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.sleep.Sleep;
import kernel.vm.call.VmCalls;
import kernel.vm.system.VmSystem;
import machine.core.context.ContextHost;
import machine.core.context.ContextHosts;
import machine.core.cost.CostTable;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.slot.Fallback;
import machine.core.slot.Slot;
import machine.core.slot.SlotTable;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import machine.core.slot.Swapper;
import machine.core.slot.VariantHandle;
import machine.core.slot.VariantInfo;
import machine.core.slot.VariantSource;

/** Puts a kernel together. */
final class Boot {
    private final KernelConfig config;
    private final VariantSource variants;
    private final SyscallTable calls;

    Boot(KernelConfig config, VariantSource variants, SyscallTable calls) {
        this.config = config;
        this.variants = variants;
        this.calls = calls;
    }

    Kernel kernel() {
        List<SwapRequest> fillings = fillings();
        fillings.forEach(this::requireVariant);
        KernelParts parts = parts();
        choose(parts);
        SwapReport report = parts.swap(fillings);
        if (!report.committed()) {
            parts.engine().close();
            throw new IllegalArgumentException("the kernel cannot boot: " + report.outcome());
        }
        SlotChoices choices = new SlotChoices();
        choices.chosen(fillings);
        parts.slots().slots().stream().filter(slot -> slot.guard() != null).forEach(slot ->
                slot.guard().fallback(fallback(slot.name(), choices)));
        return new Kernel(config, parts, choices);
    }

    private void choose(KernelParts parts) {
        try {
            config.quirks().forEach(parts.quirks()::choose);
        } catch (IllegalArgumentException unknown) {
            parts.engine().close();
            throw unknown;
        }
    }

    private List<SwapRequest> fillings() {
        List<SwapRequest> list = new ArrayList<>();
        config.variants().forEach((slot, variant) -> list.add(new SwapRequest(slot, variant)));
        return list;
    }

    private void requireVariant(SwapRequest filling) {
        List<String> names = variants.variants(filling.slot()).stream().map(VariantInfo::variant).toList();
        if (!names.contains(filling.variant())) {
            String offer = names.isEmpty() ? "there are none; start a bundle that provides kernel.slot="
                    + filling.slot() : "there are: " + String.join(", ", names);
            throw new IllegalArgumentException(
                    "no variant " + filling.variant() + " for slot " + filling.slot() + "; " + offer);
        }
    }

    /** Who takes over from a variant that failed: the user's choice before, or any other that fits and has not failed. */
    private Fallback fallback(String slot, SlotChoices choices) {
        return (failed, fits) -> {
            Set<String> names = new LinkedHashSet<>();
            names.add(choices.chosen(slot));
            names.add(choices.previous(slot));
            variants.variants(slot).forEach(info -> names.add(info.variant()));
            for (String name : names) {
                VariantHandle handle = name == null || failed.contains(name) ? null : variants.acquire(slot, name);
                if (handle != null && fits.test(handle)) {
                    return handle;
                }
                if (handle != null) {
                    handle.release();
                }
            }
            return null;
        };
    }

    private KernelParts parts() {
        Engine engine = new Engine(new EngineConfig(config.topology(), config.memoryBytes(), config.seed(),
                config.quantumNanos(), contexts()));
        Dispatcher dispatcher = new Dispatcher(engine, CostTable.generic());
        Sleep sleep = new Sleep(dispatcher);
        VmSystem vm = new VmSystem(engine, sleep, config.files(), config.swapBytes());
        Processes processes = new Processes(engine, dispatcher, sleep, vm);
        processes.trap(new Trap(processes));
        vm.pageout().killer(processes.memoryKiller());
        vm.pageout().idleness(processes.idleness());
        SlotTable slots = new SlotTable();
        for (Slot slot : List.of(dispatcher.slot(), new LwpSlot(processes), new MachineSlot(processes),
                new VmSlot(vm.context()), new MapIndexSlot(vm.spaces()), vm.pageout().slot())) {
            slots.register(slot);
        }
        KernelQuirks quirks = new KernelQuirks(List.of(vm.context().quirks(), processes.quirks(),
                dispatcher.quirks()));
        return new KernelParts(engine, dispatcher, vm, processes, slots, new Swapper(engine, slots, variants),
                variants, calls, quirks);
    }

    private ContextHost contexts() {
        return switch (config.contexts()) {
            case PREFERRED -> ContextHosts.preferred();
            case CONTINUATION -> ContextHosts.continuation();
            case VIRTUAL_THREAD -> ContextHosts.virtualThread();
        };
    }

    static SyscallTable standardCalls() {
        SyscallTable table = new SyscallTable();
        table.addAll(LwpCalls.all());
        table.addAll(SchedCalls.all());
        table.addAll(VmCalls.all());
        return table;
    }
}
