// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import kernel.vm.pmap.PmapHost;
import kernel.vm.radix.InvalidationBatch;
import kernel.vm.radix.RadixPmap;
import kernel.vm.radix.TlbControl;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;

/**
 * ASID tags that are the same on every CPU, and invalidation by TLBI instructions that the hardware broadcasts.
 *
 * <p>No CPU is interrupted. Every page of a batch is one TLBI with its barriers, paid by the CPU that issues it.
 */
public final class BroadcastTlbControl implements TlbControl {
    private final Engine engine;
    private final AsidAllocator asids;
    private final RadixPmap[] loaded;
    private final long broadcastNanos;
    private final long flushNanos;

    /**
     * The tags of one kernel.
     *
     * @param asidBits width of an ASID: 8 or 16
     */
    public BroadcastTlbControl(PmapHost host, int asidBits) {
        engine = host.engine();
        asids = new AsidAllocator(asidBits);
        loaded = new RadixPmap[engine.cpuCount()];
        CostTable costs = host.costs();
        long others = engine.cpuCount() - 1L;
        broadcastNanos = costs.nanos(Cost.TLBI_BROADCAST) + others * costs.nanos(Cost.TLBI_PER_CPU);
        flushNanos = costs.nanos(Cost.TLB_FLUSH_ALL) + others * costs.nanos(Cost.TLBI_PER_CPU);
    }

    @Override
    public int tagWords() {
        return 1;
    }

    @Override
    public void activate(RadixPmap pmap, Cpu cpu) {
        if (!asids.isCurrent(pmap.tags()[0])) {
            pmap.tags()[0] = freshTag();
        }
        loaded[cpu.id()] = pmap;
        cpu.mmu().load(pmap.root(), AsidAllocator.identifier(pmap.tags()[0]));
    }

    private long freshTag() {
        long tag = asids.allocate();
        if (tag == AsidAllocator.EXHAUSTED) {
            beginEpoch();
            tag = asids.allocate();
        }
        return tag;
    }

    private void beginEpoch() {
        asids.newEpoch();
        for (int id = 0; id < loaded.length; id++) {
            engine.cpu(id).mmu().invalidateAll();
            if (loaded[id] != null) {
                loaded[id].tags()[0] = asids.reserve(AsidAllocator.identifier(loaded[id].tags()[0]));
            }
        }
        charge(flushNanos);
    }

    @Override
    public void deactivate(RadixPmap pmap, Cpu cpu) {
        loaded[cpu.id()] = null;
    }

    /** No CPU but the sender takes part, so this is never a shootdown. */
    @Override
    public boolean invalidate(RadixPmap pmap, InvalidationBatch batch) {
        if (!asids.isCurrent(pmap.tags()[0])) {
            return false;
        }
        int asid = AsidAllocator.identifier(pmap.tags()[0]);
        for (int id = 0; id < loaded.length; id++) {
            drop(engine.cpu(id), asid, batch);
        }
        charge(batch.everything() ? flushNanos : broadcastNanos * batch.size());
        return false;
    }

    private static void drop(Cpu cpu, int asid, InvalidationBatch batch) {
        if (batch.everything()) {
            cpu.mmu().invalidateAsid(asid);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            cpu.mmu().invalidatePage(batch.address(i), asid);
        }
    }

    private void charge(long nanos) {
        Cpu cpu = engine.current();
        if (cpu != null) {
            cpu.charge(nanos);
        }
    }

    /** Every mapping was removed with its invalidation before, so the identifier can be used again at once. */
    @Override
    public void release(RadixPmap pmap) {
        asids.free(pmap.tags()[0]);
        pmap.tags()[0] = 0;
    }

    @Override
    public void close() {
    }
}
