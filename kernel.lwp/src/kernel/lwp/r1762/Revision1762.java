// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.r1762;

import kernel.lwp.proc.Proc;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.PerProcessIds;
import kernel.lwp.revision.QueuelessRevision;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * sys_lwp.c 1.76.2.1 of April 2020, with kern_lwp.c 1.250 and kern_sleepq.c 1.71 around it.
 *
 * <p>Parks like 1.84, without a queue; ids count in each process, like in 1.47, and are found in a radix tree,
 * embryos and zombies included. LWPs have an id for the whole system besides ({@code _lwp_gettid}).
 *
 * <p>DEVIATION: the lock of the tree (p_treelock) is not modelled. It is held for no longer than one unpark or
 * unpark_all takes, and these run in one piece here.
 */
@Component(
        service = LwpRevision.class,
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=lwp",
            "kernel.variant=1.76.2.1",
            "kernel.description=sys_lwp.c 1.76.2.1 (2020): per-process ids, park without a queue"
        })
public final class Revision1762 extends QueuelessRevision {
    @Override
    public String name() {
        return "1.76.2.1";
    }

    @Override
    public boolean provides(String call) {
        return call.equals("___lwp_park60") || call.equals("_lwp_gettid")
                || call.equals("_sched_protect");
    }

    /** Which free id this kernel took is not known; it counts up here, as 1.47 does. */
    @Override
    public int allocateLid(Proc p) {
        return PerProcessIds.next(p);
    }
}
