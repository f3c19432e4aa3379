// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.r184;

import kernel.lwp.proc.Proc;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.QueuelessRevision;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * sys_lwp.c 1.84 of 2023, with kern_lwp.c 1.250 and kern_sleepq.c 1.71 around it.
 *
 * <p>No park queue: a parked LWP is found by its id, and its id is unique in the system. Needs no process lock to
 * unpark.
 */
@Component(
        service = LwpRevision.class,
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=lwp",
            "kernel.variant=1.84",
            "kernel.description=sys_lwp.c 1.84 (2023): global ids, park without a queue"
        })
public final class Revision184 extends QueuelessRevision {
    @Override
    public String name() {
        return "1.84";
    }

    @Override
    public boolean provides(String call) {
        return call.equals("___lwp_park60") || call.equals("_sched_protect");
    }

    /** The process's own id first, then any free one; so the first LWP has the id of its process. */
    @Override
    public int allocateLid(Proc p) {
        return p.anyLwp(p.pid()) == null ? p.pid() : host().claimId(p);
    }
}
