// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import kernel.vm.pmap.PmapHost;
import kernel.vm.radix.InvalidationBatch;
import kernel.vm.radix.RadixPmap;
import kernel.vm.radix.TlbControl;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;

/**
 * Invalidation by interrupting the CPUs that have the address space loaded, with or without PCID tags.
 *
 * <p>With tags each CPU hands out PCIDs of its own, in generations (FreeBSD amd64 pmap_pcid_alloc). A CPU on which the space is
 * not loaded is not interrupted: its tag is forgotten, and the next activation there takes a fresh PCID. A fresh PCID
 * is loaded with a flush of what the TLB still has under that number (MOV CR3 without the no-flush bit). Without tags
 * loading a root empties the TLB.
 *
 * <p>When and whom to interrupt is NetBSD's x86 pmap_tlb.c 1.3.2.2: what ranges invalidate waits for pmap_update in a
 * packet of six pages, which becomes a flush of the space when it overflows; a CPU that has the space loaded but is idle
 * or in a kernel task is interrupted once, leaves the space's CPUs, and loads the root again when it comes back.
 */
public final class IpiTlbControl implements TlbControl {
    /** TP_MAXVA: no more pages than this are invalidated one by one. */
    private static final int PACKET_PAGES = 6;

    /** PCIDs are 12 bits; 0 is the kernel's, and everybody's where there are no tags. */
    private static final int PCID_LIMIT = 4096;

    /** Low bits of a tag word: the PCID; the generation is above. */
    private static final int PCID_BITS = 12;

    private final Engine engine;
    private final int pcidLimit;
    private final int[] nextPcid;
    private final long[] generation;
    private final ShootdownInterrupt[] interrupts;
    private final long interruptLatencyNanos;
    private final long baseNanos;
    private final long perCpuNanos;
    private final long pageNanos;
    private final long flushNanos;

    /** Tags and shootdowns of one kernel on a machine with PCIDs. */
    public static IpiTlbControl tagged(PmapHost host) {
        return new IpiTlbControl(host, PCID_LIMIT);
    }

    /** Shootdowns of one kernel on a machine without; its TLB geometry says the same. */
    public static IpiTlbControl untagged(PmapHost host) {
        return new IpiTlbControl(host, 0);
    }

    /** The same with another number of PCIDs: with few they run out sooner. */
    IpiTlbControl(PmapHost host, int pcidLimit) {
        engine = host.engine();
        this.pcidLimit = pcidLimit;
        CostTable costs = host.costs();
        interruptLatencyNanos = costs.nanos(Cost.IPI);
        baseNanos = costs.nanos(Cost.SHOOTDOWN_BASE);
        perCpuNanos = costs.nanos(Cost.SHOOTDOWN_PER_CPU);
        pageNanos = costs.nanos(Cost.TLBI_LOCAL);
        flushNanos = costs.nanos(Cost.TLB_FLUSH_ALL);
        int cpus = engine.cpuCount();
        nextPcid = new int[cpus];
        generation = new long[cpus];
        interrupts = new ShootdownInterrupt[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            nextPcid[cpu] = 1;
            generation[cpu] = 1;
            interrupts[cpu] = new ShootdownInterrupt(costs.nanos(Cost.INTERRUPT));
        }
    }

    @Override
    public int tagWords() {
        return engine.cpuCount();
    }

    @Override
    public void activate(RadixPmap pmap, Cpu cpu) {
        int id = cpu.id();
        if (pcidLimit == 0) {
            cpu.mmu().load(pmap.root(), 0);
            return;
        }
        if (pmap.tags()[id] >>> PCID_BITS != generation[id]) {
            pmap.tags()[id] = freshTag(id);
            cpu.mmu().invalidateAsid(pcid(pmap.tags()[id]));
        }
        cpu.mmu().load(pmap.root(), pcid(pmap.tags()[id]));
    }

    private long freshTag(int cpu) {
        if (nextPcid[cpu] == pcidLimit) {
            nextPcid[cpu] = 1;
            generation[cpu]++;
        }
        return generation[cpu] << PCID_BITS | nextPcid[cpu]++;
    }

    private static int pcid(long tag) {
        return (int) tag & (1 << PCID_BITS) - 1;
    }

    /** The root stays in CR3 until the next activation; nothing user-mode runs on this CPU before that. */
    @Override
    public void deactivate(RadixPmap pmap, Cpu cpu) {
    }

    @Override
    public int batchPages() {
        return PACKET_PAGES;
    }

    @Override
    public boolean defers() {
        return true;
    }

    @Override
    public boolean invalidate(RadixPmap pmap, InvalidationBatch batch) {
        Cpu self = engine.current();
        int receivers = 0;
        for (int id = 0; id < pmap.tags().length; id++) {
            if (!pmap.active().contains(id)) {
                pmap.tags()[id] = 0;
                continue;
            }
            Cpu cpu = engine.cpu(id);
            if (cpu == self || self == null) {
                drop(cpu, pcid(pmap.tags()[id]), batch);
            } else {
                interrupts[id].send(cpu, receive(pmap, cpu, batch), interruptLatencyNanos);
                receivers++;
            }
        }
        if (self != null) {
            long local = pmap.active().contains(self.id()) ? work(batch) : 0;
            self.charge(local + (receivers == 0 ? 0 : baseNanos + receivers * perCpuNanos));
        }
        return receivers > 0;
    }

    /**
     * What the interrupt does on another CPU; returns how long it works there.
     *
     * <p>DEVIATION: in the original the interrupt of a lazy CPU also invalidates; here the next load of the root does.
     */
    private long receive(RadixPmap pmap, Cpu cpu, InvalidationBatch batch) {
        if (pmap.lazy(cpu)) {
            pmap.leaveStale(cpu);
            pmap.tags()[cpu.id()] = 0;
            return 0;
        }
        drop(cpu, pcid(pmap.tags()[cpu.id()]), batch);
        return work(batch);
    }

    private static void drop(Cpu cpu, int pcid, InvalidationBatch batch) {
        if (batch.everything()) {
            cpu.mmu().invalidateAsid(pcid);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            cpu.mmu().invalidatePage(batch.address(i), pcid);
        }
    }

    private long work(InvalidationBatch batch) {
        return batch.everything() ? flushNanos : pageNanos * batch.size();
    }

    /** Nothing to do: a PCID is flushed before it is used again. */
    @Override
    public void release(RadixPmap pmap) {
    }

    @Override
    public void close() {
        for (ShootdownInterrupt interrupt : interrupts) {
            engine.disarm(interrupt);
        }
    }
}
