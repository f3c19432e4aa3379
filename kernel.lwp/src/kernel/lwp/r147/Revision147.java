// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.r147;

import java.util.List;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.lwp.revision.ParkRequest;
import kernel.lwp.revision.PerProcessIds;
import kernel.lwp.revision.Timeouts;
import kernel.lwp.revision.WaitScan;
import kernel.sched.errno.Errno;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.sleep.SleepTable;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * sys_lwp.c 1.47 of 2009, with kern_lwp.c 1.180 and kern_sleepq.c 1.50 around it.
 *
 * <p>Parked LWPs are in a private sleep table hashed by process and hint; ids count from 1 in each process.
 */
@Component(
        service = LwpRevision.class,
        scope = ServiceScope.PROTOTYPE,
        property = {
            "kernel.slot=lwp",
            "kernel.variant=1.47",
            "kernel.description=sys_lwp.c 1.47 (2009): per-process ids, park queue hashed by hint"
        })
public final class Revision147 implements LwpRevision {
    private final SyncObject park = new SyncObject("lwp_park", SyncObject.Order.LIFO, true, false);
    private SleepTable table;
    private LwpRevisionHost host;

    @Override
    public String name() {
        return "1.47";
    }

    @Override
    public Generation generation() {
        return Generation.V2009;
    }

    @Override
    public void attach(LwpRevisionHost kernel) {
        host = kernel;
        table = new SleepTable(kernel.dispatcher(), "park");
    }

    @Override
    public boolean provides(String call) {
        return call.equals("___lwp_park50") || call.equals("sa_register") || call.equals("sa_enable");
    }

    @Override
    public boolean activations() {
        return true;
    }

    /** KERN_SA: PS_SA, PS_WEXIT or an SA structure. */
    @Override
    public int creationBarrier(Proc p) {
        return p.activations() || p.exiting() ? Errno.EINVAL : 0;
    }

    /** KERN_SA: PS_SA or an SA structure, but not PS_WEXIT. */
    @Override
    public int suspensionBarrier(Proc p) {
        return p.activations() ? Errno.EINVAL : 0;
    }

    @Override
    public int allocateLid(Proc p) {
        return PerProcessIds.next(p);
    }

    @Override
    public boolean validatesContext() {
        return false;
    }

    @Override
    public int checkContext(UserContext context, byte[] bytes, UserContextCodec codec, UserRegisters current) {
        return 0;
    }

    @Override
    public boolean limitsThreads() {
        return false;
    }

    @Override
    public boolean countsEmbryos() {
        return false;
    }

    @Override
    public void start(Lwp creator, Lwp child, int flags) {
        boolean creatorLeaves = (creator.flags() & (LwpFlag.LW_WSUSPEND | LwpFlag.LW_WEXIT)) != 0;
        if ((flags & LwpFlag.LWP_SUSPENDED) != 0 || creatorLeaves) {
            host.startSuspended(child);
        } else {
            host.startRunnable(child);
        }
    }

    @Override
    public int scan(WaitScan scan) {
        Proc p = scan.waiter.proc();
        boolean found = false;
        for (Lwp l = first(scan, p); l != null; l = scan.lid != 0 ? null : l.nextInProcess()) {
            if (scan.lid != 0 && l.waitingFor() == scan.waiter.lid()) {
                return Errno.EDEADLK;
            }
            if (l == scan.waiter) {
                continue;
            }
            if (l.detached()) {
                found |= scan.exiting;
                continue;
            }
            found = true;
            if (collectable(scan, l)) {
                scan.found = l;
                return WAIT_REAP;
            }
        }
        if (!found) {
            return Errno.ESRCH;
        }
        return !scan.exiting && deadlock(p) ? Errno.EDEADLK : WAIT_SLEEP;
    }

    /** Where the walk of the LWP list starts; a specific wait looks at one entry only. */
    private static Lwp first(WaitScan scan, Proc p) {
        return scan.lid != 0 ? p.anyLwp(scan.lid) : p.newestLwp();
    }

    private static boolean collectable(WaitScan scan, Lwp l) {
        if (scan.lid != 0) {
            if (l.waiter() == 0) {
                l.markWaiter(scan.waiter.lid());
            }
        } else if (l.waiter() != 0) {
            return false;
        }
        return l.state() == TaskState.LSZOMB;
    }

    /** Nobody is left who could exit: suspended LWPs do not count. */
    private static boolean deadlock(Proc p) {
        return p.exiting() || p.runnableCount() + p.zombieCount() - p.detachedCount() <= p.waiterCount();
    }

    @Override
    public SyncObject parkObject() {
        return park;
    }

    /**
     * abstimeout2timo: the time is absolute and the clock is the wall clock as of the last tick.
     *
     * <p>DEVIATION: a time on another clock or a relative one is first made an absolute time of the wall clock.
     * This revision has no call that could give one, but a process that started under a newer revision keeps its
     * calls when the kernel is swapped to this one.
     */
    @Override
    public int parkTimeout(ParkRequest request) {
        long seconds = request.seconds;
        long nanos = request.nanos;
        int error = convert(request);
        if (!request.absolute) {
            request.seconds = seconds;
            request.nanos = nanos;
        }
        return error;
    }

    private int convert(ParkRequest request) {
        int error = request.absolute && request.clock == LwpRevisionHost.CLOCK_REALTIME ? 0 : rebase(request);
        if (error == 0) {
            error = Timeouts.fix(request, host.tickNanos());
        }
        if (error != 0) {
            return error;
        }
        Timeouts.subtract(request, host.cachedRealtimeNanos());
        if (request.seconds < 0 || request.seconds == 0 && request.nanos == 0) {
            return Errno.ETIMEDOUT;
        }
        request.ticks = Timeouts.ticks(request.seconds, request.nanos, host.tickNanos());
        return 0;
    }

    private int rebase(ParkRequest request) {
        if (!Timeouts.validNanos(request.nanos)) {
            return Errno.EINVAL;
        }
        long now = host.clockNanos(request.clock);
        if (now == LwpRevisionHost.NO_CLOCK) {
            return Errno.EINVAL;
        }
        if (now == LwpRevisionHost.NO_OWNER) {
            return Errno.ESRCH;
        }
        request.startNanos = now;
        if (!request.absolute && (request.seconds < 0 || request.seconds == 0 && request.nanos == 0)) {
            return Errno.ETIMEDOUT;
        }
        long real = host.clockNanos(LwpRevisionHost.CLOCK_REALTIME);
        Timeouts.subtract(request, request.absolute ? now - real : -real);
        return 0;
    }

    @Override
    public SleepQueue parkQueue(Proc p, long hint) {
        return table.lookup(channel(p, hint));
    }

    @Override
    public long parkChannel(Lwp l, long hint) {
        return channel(l.proc(), hint);
    }

    /** Process address and hint, folded. */
    private static long channel(Proc p, long hint) {
        return p.channel() ^ hint;
    }

    /**
     * Looks in the bucket of the hint, then, with the process locked, at the LWP itself.
     *
     * <p>A wrong hint costs time, never correctness. The bucket holds other hints and processes too; as in the
     * original only process and id are compared.
     */
    @Override
    public int unpark(Proc p, int lid, long hint, boolean locked) {
        Lwp target = p.anyLwp(lid);
        if (target != null && target.parked() && target.sleepQueue() == parkQueue(p, hint)) {
            host.wake(target);
            return 0;
        }
        if (!locked) {
            return UNPARK_NEEDS_LOCK;
        }
        target = p.liveLwp(lid);
        if (target == null) {
            return Errno.ESRCH;
        }
        if (target.parked()) {
            host.wake(target);
        } else {
            host.leaveUnparked(target);
        }
        return 0;
    }

    @Override
    public long nameBytes(long callerBytes) {
        return callerBytes;
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
        for (int i = 0; i < table.size(); i++) {
            SleepQueue queue = table.queue(i);
            for (Task task = queue.head(); task != null; task = task.sleepNext) {
                if (task.syncObject() != park || task.sleepQueue() != queue) {
                    broken.add("park queue " + i + " holds " + task + ", which is not parked there");
                }
            }
        }
    }
}
