// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Processes;
import kernel.lwp.revision.LwpRevision;
import machine.core.slot.SlotGuard;
import machine.core.slot.Succession;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.Guard;

/**
 * Goes on with another revision when the active one fails in the middle of a system call.
 *
 * <p>Who is parked, on what hint and with which timeout is in the LWPs; they are taken out of whatever queue they are in.
 * Without a successor the call that is under way cannot end: that is a panic.
 */
@Guard
final class LwpSuccession implements Succession {
    private final Processes processes;
    private final SlotGuard guard;
    private List<Lwp> parked = List.of();

    LwpSuccession(LwpSlot slot, Processes processes) {
        this.processes = processes;
        guard = new SlotGuard(processes.engine(), slot.name(), "LWP revision", "kernel.lwp.r184",
                (callback, pid, lid) -> pid + "." + lid, this);
    }

    SlotGuard guard() {
        return guard;
    }

    /** A successor that fails in its turn has changed some of them already. */
    @Override
    public void expel() {
        if (parked.isEmpty()) {
            parked = ParkedLwps.of(processes);
        }
        parked.forEach(ParkedLwps::takeOut);
    }

    @Override
    public void succeed(VariantHandle next) {
        if (next == null) {
            return;
        }
        LwpRevision revision = (LwpRevision) next.instance();
        int outer = guard.enter();
        try {
            revision.attach(processes.revisionHost());
            for (Lwp l : ParkedLwps.arrivals(parked, revision)) {
                ParkedLwps.enter(l, revision);
            }
            processes.revision(revision);
            processes.recount();
            parked = List.of();
            guard.exit(outer);
        } catch (Throwable e) {
            guard.threw("importParked", outer, e, guard.handle() == next);
        }
    }

    @Override
    public String obstacle() {
        return "there is no other LWP revision, so the system call cannot go on";
    }
}
