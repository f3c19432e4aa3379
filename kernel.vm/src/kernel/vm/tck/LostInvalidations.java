// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import java.util.ArrayList;
import java.util.List;
import machine.core.engine.Cpu;
import machine.core.mmu.InvalidationLoss;
import machine.core.mmu.TlbVisitor;

/**
 * Leaves one invalidation of one CPU out: the one instruction, whoever issues it and why.
 *
 * <p>Only those count that find something in the TLB. One that a later one makes up for is {@link #madeUp}.
 */
public final class LostInvalidations {
    private final int skipped;
    private int count;
    private Cpu lostOn;
    private final List<Entry> left = new ArrayList<>();

    private record Entry(long va, int asid, int shift) {
        boolean isIn(long page, int space) {
            return (page == InvalidationLoss.EVERY_PAGE || page >>> shift == va >>> shift)
                    && (space == InvalidationLoss.EVERY_SPACE && asid != TlbVisitor.GLOBAL || asid == space);
        }
    }

    /** Leaves out the one before which as many are done as {@code skipped} says; -1 for none. */
    public LostInvalidations(int skipped) {
        this.skipped = skipped;
    }

    /** Begins with the CPUs of a rig. */
    public void begin(PmapRig rig) {
        for (int id = 0; id < rig.cpus(); id++) {
            Cpu cpu = rig.cpu(id);
            cpu.mmu().lose((va, space) -> loses(cpu, va, space));
        }
    }

    private boolean loses(Cpu cpu, long va, int space) {
        List<Entry> found = new ArrayList<>();
        cpu.mmu().forEachEntry((page, asid, frame, shift, rights, dirtyKnown) -> {
            Entry entry = new Entry(page, asid, shift);
            if (entry.isIn(va, space)) {
                found.add(entry);
            }
        });
        boolean lost = !found.isEmpty() && count++ == skipped;
        if (lost) {
            lostOn = cpu;
            left.addAll(found);
        }
        return lost;
    }

    /** How many there were that found something to drop. */
    public int count() {
        return count;
    }

    /** Whether one was lost, but what it left has gone since. */
    public boolean madeUp() {
        if (lostOn == null) {
            return false;
        }
        List<Entry> present = new ArrayList<>();
        lostOn.mmu().forEachEntry((page, asid, frame, shift, rights, dirtyKnown) ->
                present.add(new Entry(page, asid, shift)));
        return present.stream().noneMatch(left::contains);
    }
}
