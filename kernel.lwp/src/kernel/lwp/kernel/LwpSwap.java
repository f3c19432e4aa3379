// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Processes;
import kernel.lwp.revision.LwpRevision;
import kernel.sched.task.SyncObject;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;

/**
 * Replaces the LWP revision.
 *
 * <p>What crosses is in the LWPs themselves: who is parked, on what hint, with which timeout armed, which bits are
 * pending, and the ids. Only the place in the park queue belongs to a revision.
 */
final class LwpSwap implements SlotSwap {
    private final LwpSlot slot;
    private final Processes processes;
    private final VariantHandle next;
    private List<Lwp> parked = List.of();
    private LwpRevision from;
    private LwpRevision to;
    private VariantHandle old;
    private int exported;
    private int imported;

    LwpSwap(LwpSlot slot, Processes processes, VariantHandle next, LwpRevision to) {
        this.slot = slot;
        this.processes = processes;
        this.next = next;
        this.from = processes.activeRevision();
        this.to = to;
    }

    @Override
    public void export() {
        if (from == null) {
            return;
        }
        parked = ParkedLwps.of(processes);
        for (Lwp l : parked) {
            from.exportParked(l);
            exported++;
        }
    }

    @Override
    public void importState() throws SwapException {
        for (Lwp l : ParkedLwps.arrivals(parked, to)) {
            ParkedLwps.enter(l, to);
            imported++;
        }
        List<String> broken = new ArrayList<>();
        to.check(broken);
        if (!broken.isEmpty()) {
            throw new SwapException("revision " + to.name() + " does not hold the parked LWPs: " + broken.get(0));
        }
    }

    @Override
    public void commit() {
        processes.revision(to);
        processes.recount();
        old = slot.guard().fill(next);
    }

    @Override
    public void rollback() {
        if (exported == 0) {
            return;
        }
        List<Lwp> taken = parked.subList(0, exported);
        // Whatever the new one thinks of it: they leave its queue.
        taken.forEach(ParkedLwps::takeOut);
        for (Lwp l : ParkedLwps.arrivals(taken, from)) {
            ParkedLwps.enter(l, from);
        }
    }

    @Override
    public VariantHandle release() {
        from = null;
        to = null;
        VariantHandle given = old;
        old = null;
        return given;
    }

    @Override
    public int moved() {
        return imported;
    }
}
