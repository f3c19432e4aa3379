// SPDX-License-Identifier: BSD-2-Clause
package shell.command.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kernel.lwp.kernel.Kernel;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.CpuMode;
import kernel.vm.disk.Disk;
import kernel.vm.disk.SwapSpace;
import kernel.vm.object.VmContext;
import kernel.vm.page.VmCounter;
import kernel.vm.pmap.PmapStats;
import kernel.vm.pmap.SuperpageStats;
import kernel.vm.system.VmSystem;
import machine.core.engine.Engine;
import machine.core.mmu.TlbStats;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.format.Rows;
import shell.command.kernel.Kernels;

/** {@code vmstat}: the counters of the memory layer, the pmap, the TLBs and the CPUs. */
public final class VmstatCommand extends Command {
    private final Kernels kernels;

    public VmstatCommand(Kernels kernels) {
        super("vm", "vmstat", "shows the counters of the memory layer, the pmap, the TLBs and the CPUs");
        this.kernels = kernels;
        takes("", 0, 0);
        details("Referenced and modified faults are where a machine without those bits sets them in software.");
    }

    @Override
    public Object run(Invocation in) {
        Kernel kernel = kernels.kernel();
        return kernel.ask(engine -> {
            VmContext context = kernel.vm().context();
            List<CounterRow> rows = new ArrayList<>();
            for (VmCounter counter : VmCounter.values()) {
                rows.add(CounterRow.of(counter, context.counters()));
            }
            addPaging(rows, kernel.vm());
            addPmap(rows, context.pmap().stats());
            addSuperpages(rows, context.pmap().superpageStats());
            addTlbs(rows, engine);
            addCpus(rows, kernel.dispatcher());
            return new Rows<>(CounterRow.class, rows);
        });
    }

    private static void addPaging(List<CounterRow> rows, VmSystem vm) {
        Disk disk = vm.context().transfers().disk();
        SwapSpace swap = vm.context().objects().swap().space();
        rows.add(new CounterRow("disk requests", disk.requests(), "transfers that the disk began"));
        rows.add(new CounterRow("disk waiting", disk.waiting(), "transfers that are not done now"));
        rows.add(new CounterRow("disk busy", disk.busyNanos(), "virtual nanoseconds that they take"));
        rows.add(new CounterRow("swap used", swap.inUse(), "blocks of the swap device in use now"));
        rows.add(new CounterRow("memory waiters", vm.pageout().waiters(), "LWPs that wait for memory now"));
        rows.add(new CounterRow("pageout evictions", vm.pageout().slot().guard().evictions(),
                "pageout policies that broke a rule"));
    }

    private static void addPmap(List<CounterRow> rows, PmapStats stats) {
        rows.add(new CounterRow("pmap enters", stats.enters(), "mappings installed or changed"));
        rows.add(new CounterRow("pmap quick enters", stats.quickEnters(), "mappings installed ahead of their use"));
        rows.add(new CounterRow("pmap removes", stats.removes(), "mappings dropped"));
        rows.add(new CounterRow("referenced faults", stats.referencedFaults(),
                "soft faults that set a referenced bit"));
        rows.add(new CounterRow("modified faults", stats.modifiedFaults(), "soft faults that set a modified bit"));
        rows.add(new CounterRow("shootdowns", stats.shootdowns(), "invalidations that other CPUs took part in"));
        rows.add(new CounterRow("page tables", stats.tablePages(), "page-table pages in use now"));
        rows.add(new CounterRow("pv entries", stats.pvEntries(), "mapping-list entries in use now"));
    }

    private static void addSuperpages(List<CounterRow> rows, SuperpageStats stats) {
        rows.add(new CounterRow("superpages", stats.mapped(), "superpages mapped now"));
        rows.add(new CounterRow("promotions", stats.promotions(), "superpages made of base pages"));
        rows.add(new CounterRow("demotions", stats.demotions(), "superpages broken up into base pages"));
        rows.add(new CounterRow("failed promotions", stats.failures(), "full page tables whose pages were not alike"));
        rows.add(new CounterRow("spare tables", stats.spareTables(), "page tables kept for a demotion now"));
    }

    private static void addCpus(List<CounterRow> rows, Dispatcher dispatcher) {
        for (CpuMode mode : CpuMode.values()) {
            long ticks = 0;
            for (int cpu = 0; cpu < dispatcher.cpuCount(); cpu++) {
                ticks += dispatcher.ticks(cpu, mode);
            }
            rows.add(new CounterRow("cpu " + mode.name().toLowerCase(Locale.ROOT), ticks,
                    "ticks of the statistics clock that found a CPU " + mode.description()));
        }
    }

    private static void addTlbs(List<CounterRow> rows, Engine engine) {
        long hits = 0;
        long walks = 0;
        long flushes = 0;
        for (int cpu = 0; cpu < engine.cpuCount(); cpu++) {
            TlbStats stats = engine.cpu(cpu).mmu().stats();
            hits += stats.hits();
            walks += stats.walks();
            flushes += stats.flushes();
        }
        rows.add(new CounterRow("tlb hits", hits, "translations found in a TLB, all CPUs"));
        rows.add(new CounterRow("tlb walks", walks, "page-table walks, all CPUs"));
        rows.add(new CounterRow("tlb flushes", flushes, "complete invalidations, all CPUs"));
    }
}
