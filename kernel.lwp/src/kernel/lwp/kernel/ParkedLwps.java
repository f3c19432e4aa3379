// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Processes;
import kernel.lwp.revision.LwpRevision;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.SyncObject;

/** The parked LWPs of a kernel on their way from one revision to another. */
final class ParkedLwps {
    private ParkedLwps() {
    }

    /** All of them, who parked last first. */
    static List<Lwp> of(Processes processes) {
        List<Lwp> parked = new ArrayList<>();
        processes.forEachLwp(l -> {
            if (l.parked()) {
                parked.add(l);
            }
        });
        parked.sort(ParkedLwps::newestSleeperFirst);
        return parked;
    }

    private static int newestSleeperFirst(Lwp a, Lwp b) {
        int order = Long.compare(b.sleepingSinceNanos(), a.sleepingSinceNanos());
        return order != 0 ? order : Long.compare(b.serial(), a.serial());
    }

    /** In the order in which LWPs have to be put at the end of a park queue. */
    static List<Lwp> arrivals(List<Lwp> newestFirst, LwpRevision revision) {
        return revision.parkObject().order() == SyncObject.Order.FIFO ? newestFirst.reversed() : newestFirst;
    }

    static void enter(Lwp l, LwpRevision revision) {
        l.setSyncObject(revision.parkObject());
        l.setWaitChannel(revision.parkChannel(l, l.parkHint()));
        revision.importParked(l);
    }

    /** Takes one out of its queue without waking it, as its revision does when it exports it. */
    static void takeOut(Lwp l) {
        if (l.sleepQueue() instanceof SleepQueue queue) {
            queue.remove(l);
        }
        l.setSleepQueue(null);
    }
}
