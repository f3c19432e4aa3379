// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import java.util.List;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.WalkStep;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Mmu;
import machine.core.mmu.TlbVisitor;
import machine.core.mmu.Translation;
import machine.core.mmu.Walker;

/**
 * Finds stale translations: whatever a CPU could use right now must be what a walk would give.
 *
 * <p>Entries of address spaces that are not loaded are looked at when they are loaded again.
 */
final class TlbAudit implements TlbVisitor {
    private final PmapRig rig;
    private final Walker walker;
    private int cpu;

    TlbAudit(PmapRig rig) {
        this.rig = rig;
        walker = rig.machine().walker();
    }

    void check() {
        for (cpu = 0; cpu < rig.cpus(); cpu++) {
            if (rig.loaded(cpu) != null) {
                rig.cpu(cpu).mmu().forEachEntry(this);
            }
        }
    }

    @Override
    public void entry(long va, int asid, long frame, int pageShift, int rights, boolean dirtyKnown) {
        Mmu mmu = rig.cpu(cpu).mmu();
        if (asid != mmu.asid() && asid != GLOBAL) {
            return;
        }
        for (int right = Access.READ; right <= Access.EXEC; right <<= 1) {
            boolean usable = (rights & right) != 0 && (right != Access.WRITE || dirtyKnown);
            if (usable) {
                Expect.that(frame == walk(rig.loaded(cpu), mmu, va, right), "CPU " + cpu
                        + " holds a stale translation of 0x" + Long.toHexString(va) + " for access " + right);
            }
        }
    }

    /** The physical page a walk gives, or -1; memory is as before afterwards. */
    private long walk(Pmap pmap, Mmu mmu, long va, int access) {
        PhysicalMemory memory = rig.memory();
        List<WalkStep> path = pmap.describe(va);
        Translation found = new Translation();
        int kind = walker.walk(memory, mmu.root(), va, access, found);
        for (WalkStep step : path) {
            long slot = step.tableAddress() + (long) step.index() * step.descriptorBytes();
            if (step.descriptorBytes() == Long.BYTES) {
                memory.put64(slot, step.descriptor());
            } else {
                memory.put32(slot, (int) step.descriptor());
            }
        }
        return kind == FaultKind.NONE ? found.frame + (va & (1L << found.pageShift) - 1) : -1;
    }
}
