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
    private final List<Lwp> parked = new ArrayList<>();
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
        processes.forEachLwp(l -> {
            if (l.parked()) {
                parked.add(l);
            }
        });
        parked.sort(LwpSwap::newestSleeperFirst);
        for (Lwp l : parked) {
            from.exportParked(l);
            exported++;
        }
    }

    private static int newestSleeperFirst(Lwp a, Lwp b) {
        int order = Long.compare(b.sleepingSinceNanos(), a.sleepingSinceNanos());
        return order != 0 ? order : Long.compare(b.serial(), a.serial());
    }

    @Override
    public void importState() throws SwapException {
        for (Lwp l : arrivals(parked, to)) {
            enter(l, to);
            imported++;
        }
        List<String> broken = new ArrayList<>();
        to.check(broken);
        if (!broken.isEmpty()) {
            throw new SwapException("revision " + to.name() + " does not hold the parked LWPs: " + broken.get(0));
        }
    }

    /** In the order in which LWPs have to be put at the end of a park queue. */
    private static List<Lwp> arrivals(List<Lwp> newestFirst, LwpRevision revision) {
        return revision.parkObject().order() == SyncObject.Order.FIFO ? newestFirst.reversed() : newestFirst;
    }

    private static void enter(Lwp l, LwpRevision revision) {
        l.setSyncObject(revision.parkObject());
        l.setWaitChannel(revision.parkChannel(l, l.parkHint()));
        revision.importParked(l);
    }

    @Override
    public void commit() {
        processes.revision(to);
        processes.recount();
        old = slot.fill(next);
    }

    @Override
    public void rollback() {
        for (int i = 0; i < imported; i++) {
            to.exportParked(arrivals(parked, to).get(i));
        }
        for (Lwp l : arrivals(parked.subList(0, exported), from)) {
            enter(l, from);
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
