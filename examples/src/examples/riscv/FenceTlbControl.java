// SPDX-License-Identifier: BSD-2-Clause
package examples.riscv;

import kernel.vm.pmap.PmapHost;
import kernel.vm.radix.InvalidationBatch;
import kernel.vm.radix.RadixPmap;
import kernel.vm.radix.TlbControl;
import machine.core.cost.Cost;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;

/**
 * SFENCE.VMA on every CPU that has the address space loaded, the remote ones asked through the firmware.
 *
 * <p>No ASIDs: loading a root empties the TLB. The caller waits for the firmware and pays for all.
 */
final class FenceTlbControl implements TlbControl {
    private final Engine engine;
    private final long pageNanos;
    private final long flushNanos;
    private final long baseNanos;
    private final long perCpuNanos;

    FenceTlbControl(PmapHost host) {
        engine = host.engine();
        pageNanos = host.costs().nanos(Cost.TLBI_LOCAL);
        flushNanos = host.costs().nanos(Cost.TLB_FLUSH_ALL);
        baseNanos = host.costs().nanos(Cost.SHOOTDOWN_BASE);
        perCpuNanos = host.costs().nanos(Cost.SHOOTDOWN_PER_CPU);
    }

    @Override
    public int tagWords() {
        return 0;
    }

    @Override
    public void activate(RadixPmap pmap, Cpu cpu) {
        cpu.mmu().load(pmap.root(), 0);
    }

    @Override
    public void deactivate(RadixPmap pmap, Cpu cpu) {
    }

    @Override
    public boolean invalidate(RadixPmap pmap, InvalidationBatch batch) {
        Cpu self = engine.current();
        int others = 0;
        for (int id = pmap.active().next(0); id >= 0; id = pmap.active().next(id + 1)) {
            drop(engine.cpu(id), batch);
            others += engine.cpu(id) == self ? 0 : 1;
        }
        if (self != null) {
            long work = batch.everything() ? flushNanos : batch.size() * pageNanos;
            self.charge(work + (others == 0 ? 0 : baseNanos + others * perCpuNanos));
        }
        return others > 0;
    }

    private static void drop(Cpu cpu, InvalidationBatch batch) {
        if (batch.everything()) {
            cpu.mmu().invalidateAsid(0);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            cpu.mmu().invalidatePage(batch.address(i), 0);
        }
    }

    @Override
    public void release(RadixPmap pmap) {
    }

    @Override
    public void close() {
    }
}
