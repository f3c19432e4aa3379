// SPDX-License-Identifier: BSD-2-Clause
package examples.parkfifo;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.PerProcessIds;
import kernel.lwp.revision.QueuelessRevision;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.sleep.SleepTable;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * An LWP revision with a park queue of its own: the calls of 2020 and later, and whoever parked first is first in
 * {@code sleepq}.
 *
 * <p>A queue is chosen by process and hint, as in 2009; LWP ids count in each process.
 */
@Component(service = LwpRevision.class, scope = ServiceScope.PROTOTYPE,
        property = {"kernel.slot=lwp", "kernel.variant=parkfifo", "kernel.description=first parked, first in the queue"})
public final class ParkFifo extends QueuelessRevision {
    private final SyncObject park = new SyncObject("lwp_park", SyncObject.Order.FIFO, true, false);
    private SleepTable queues;

    @Override
    public String name() {
        return "parkfifo";
    }

    @Override
    public boolean provides(String call) {
        return call.equals("___lwp_park60");
    }

    @Override
    public int allocateLid(Proc p) {
        return PerProcessIds.next(p);
    }

    @Override
    public SyncObject parkObject() {
        return park;
    }

    @Override
    public SleepQueue parkQueue(Proc p, long hint) {
        if (queues == null) {
            queues = new SleepTable(host().dispatcher(), "park");
        }
        return queues.lookup(p.channel() ^ hint);
    }

    @Override
    public long parkChannel(Lwp l, long hint) {
        return l.proc().channel() ^ hint;
    }

    @Override
    public void exportParked(Lwp l) {
        l.sleepQueue().remove(l);
        l.setSleepQueue(null);
    }

    @Override
    public void importParked(Lwp l) {
        SleepQueue queue = parkQueue(l.proc(), l.parkHint());
        queue.append(l);
        l.setSleepQueue(queue);
    }

    @Override
    public void check(List<String> broken) {
        for (int i = 0; queues != null && i < queues.size(); i++) {
            for (Task task = queues.queue(i).head(); task != null; task = task.sleepNext) {
                if (task.sleepQueue() != queues.queue(i)) {
                    broken.add("park queue " + i + " holds " + task + ", which is not parked there");
                }
            }
        }
    }
}
