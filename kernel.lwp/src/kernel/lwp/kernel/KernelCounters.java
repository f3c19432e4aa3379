// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** Collects the counters of the memory layer, the disk, the pmap, the TLBs and the CPUs of a kernel. */
final class KernelCounters {
    private KernelCounters() {
    }

    /** All of them, always in the same order; on the engine thread. */
    static List<KernelCounter> of(Kernel kernel) {
        VmContext context = kernel.vm().context();
        List<KernelCounter> counters = new ArrayList<>();
        for (VmCounter counter : VmCounter.values()) {
            String name = counter.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            counters.add(new KernelCounter(name, context.counters().get(counter), counter.description()));
        }
        addPaging(counters, kernel.vm());
        addPmap(counters, context.pmap().stats());
        addSuperpages(counters, context.pmap().superpageStats());
        addTlbs(counters, kernel.engine());
        addCpus(counters, kernel.dispatcher());
        return counters;
    }

    private static void addPaging(List<KernelCounter> counters, VmSystem vm) {
        Disk disk = vm.context().transfers().disk();
        SwapSpace swap = vm.context().objects().swap().space();
        counters.add(new KernelCounter("disk requests", disk.requests(), "transfers that the disk began"));
        counters.add(new KernelCounter("disk waiting", disk.waiting(), "transfers that are not done now"));
        counters.add(new KernelCounter("disk busy", disk.busyNanos(), "virtual nanoseconds that they take"));
        counters.add(new KernelCounter("swap used", swap.inUse(), "blocks of the swap device in use now"));
        counters.add(new KernelCounter("memory waiters", vm.pageout().waiters(), "LWPs that wait for memory now"));
        counters.add(new KernelCounter("pageout evictions", vm.pageout().slot().guard().evictions(),
                "pageout policies that broke a rule"));
    }

    private static void addPmap(List<KernelCounter> counters, PmapStats stats) {
        counters.add(new KernelCounter("pmap enters", stats.enters(), "mappings installed or changed"));
        counters.add(new KernelCounter("pmap quick enters", stats.quickEnters(), "mappings installed ahead of their use"));
        counters.add(new KernelCounter("pmap removes", stats.removes(), "mappings dropped"));
        counters.add(new KernelCounter("referenced faults", stats.referencedFaults(),
                "soft faults that set a referenced bit"));
        counters.add(new KernelCounter("modified faults", stats.modifiedFaults(), "soft faults that set a modified bit"));
        counters.add(new KernelCounter("shootdowns", stats.shootdowns(), "invalidations that other CPUs took part in"));
        counters.add(new KernelCounter("page tables", stats.tablePages(), "page-table pages in use now"));
        counters.add(new KernelCounter("pv entries", stats.pvEntries(), "mapping-list entries in use now"));
    }

    private static void addSuperpages(List<KernelCounter> counters, SuperpageStats stats) {
        counters.add(new KernelCounter("superpages", stats.mapped(), "superpages mapped now"));
        counters.add(new KernelCounter("promotions", stats.promotions(), "superpages made of base pages"));
        counters.add(new KernelCounter("demotions", stats.demotions(), "superpages broken up into base pages"));
        counters.add(new KernelCounter("failed promotions", stats.failures(), "full page tables whose pages were not alike"));
        counters.add(new KernelCounter("spare tables", stats.spareTables(), "page tables kept for a demotion now"));
    }

    private static void addCpus(List<KernelCounter> counters, Dispatcher dispatcher) {
        for (CpuMode mode : CpuMode.values()) {
            long ticks = 0;
            for (int cpu = 0; cpu < dispatcher.cpuCount(); cpu++) {
                ticks += dispatcher.ticks(cpu, mode);
            }
            counters.add(new KernelCounter("cpu " + mode.name().toLowerCase(Locale.ROOT), ticks,
                    "ticks of the statistics clock that found a CPU " + mode.description()));
        }
    }

    private static void addTlbs(List<KernelCounter> counters, Engine engine) {
        long hits = 0;
        long walks = 0;
        long flushes = 0;
        for (int cpu = 0; cpu < engine.cpuCount(); cpu++) {
            TlbStats stats = engine.cpu(cpu).mmu().stats();
            hits += stats.hits();
            walks += stats.walks();
            flushes += stats.flushes();
        }
        counters.add(new KernelCounter("tlb hits", hits, "translations found in a TLB, all CPUs"));
        counters.add(new KernelCounter("tlb walks", walks, "page-table walks, all CPUs"));
        counters.add(new KernelCounter("tlb flushes", flushes, "complete invalidations, all CPUs"));
    }
}
