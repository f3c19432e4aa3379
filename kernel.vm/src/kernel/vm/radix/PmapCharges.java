// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.pmap.PmapHost;
import machine.core.cost.Cost;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;

/** Charges what a pmap does to the current CPU; nothing at a safe point. */
final class PmapCharges {
    private final Engine engine;
    private final long descriptorNanos;
    private final long instructionSyncNanos;
    private final long zeroNanos;
    private final long copyNanos;

    PmapCharges(PmapHost host) {
        engine = host.engine();
        descriptorNanos = host.costs().nanos(Cost.PTE_WRITE);
        instructionSyncNanos = host.costs().nanos(Cost.ICACHE_SYNC);
        zeroNanos = host.costs().nanos(Cost.PAGE_ZERO);
        copyNanos = host.costs().nanos(Cost.PAGE_COPY);
    }

    void descriptors(int count) {
        charge(descriptorNanos * count);
    }

    void instructionSync() {
        charge(instructionSyncNanos);
    }

    void zero() {
        charge(zeroNanos);
    }

    void copy() {
        charge(copyNanos);
    }

    private void charge(long nanos) {
        Cpu cpu = engine.current();
        if (cpu != null) {
            cpu.charge(nanos);
        }
    }
}
