// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import java.util.List;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import kernel.sched.task.TaskState;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the revisions since 2020 share: no park queue, checked contexts, new LWPs that start on their own.
 *
 * <p>Models sys_lwp.c 1.76.2.1 and 1.84 where they are the same, with kern_lwp.c 1.250 and kern_sleepq.c 1.71
 * around both. A revision adds its ids.
 *
 * <p>A revision of your own may have a park queue nevertheless: it overrides the methods about the queue, from
 * {@link #parkObject} to {@link #check}, all together.
 */
@ConsumerType
public abstract class QueuelessRevision implements LwpRevision {
    private static final int NAME_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final SyncObject park = new SyncObject("lwp_park", SyncObject.Order.NULL, true, false);
    private LwpRevisionHost host;

    @Override
    public final Generation generation() {
        return Generation.V2020;
    }

    @Override
    public final void attach(LwpRevisionHost kernel) {
        host = kernel;
    }

    /** The core's side. */
    protected final LwpRevisionHost host() {
        return host;
    }

    @Override
    public final boolean validatesContext() {
        return true;
    }

    @Override
    public final int checkContext(UserContext context, byte[] bytes, UserContextCodec codec, UserRegisters current) {
        return (context.flags & UserContext.UC_CPU) == 0 ? Errno.EINVAL : codec.validate(bytes, current);
    }

    @Override
    public final boolean limitsThreads() {
        return true;
    }

    @Override
    public final boolean countsEmbryos() {
        return true;
    }

    @Override
    public final void start(Lwp creator, Lwp child, int flags) {
        if ((flags & LwpFlag.LWP_SUSPENDED) != 0) {
            host.suspendAtBoundary(child);
        }
        host.startRunnable(child);
    }

    @Override
    public final int scan(WaitScan scan) {
        Proc p = scan.waiter.proc();
        if (scan.lid != 0) {
            return scanOne(scan, p.anyLwp(scan.lid));
        }
        boolean found = false;
        for (Lwp l = p.newestLwp(); l != null; l = l.nextInProcess()) {
            if (l == scan.waiter) {
                continue;
            }
            if (l.detached()) {
                found |= scan.exiting;
                continue;
            }
            found = true;
            if (l.waiter() == 0 && l.state() == TaskState.LSZOMB) {
                scan.found = l;
                return WAIT_REAP;
            }
        }
        return found ? sleepOrDeadlock(scan, p) : Errno.ESRCH;
    }

    private int scanOne(WaitScan scan, Lwp target) {
        if (target == null || target.state() == TaskState.LSIDL) {
            return Errno.ESRCH;
        }
        if (target.detached()) {
            return Errno.EINVAL;
        }
        if (target.waitingFor() == scan.waiter.lid()) {
            return Errno.EDEADLK;
        }
        if (target.waiter() == 0) {
            target.markWaiter(scan.waiter.lid());
        }
        if (target.state() == TaskState.LSZOMB) {
            scan.found = target;
            return WAIT_REAP;
        }
        return sleepOrDeadlock(scan, scan.waiter.proc());
    }

    /** Everybody inside lwp_wait would sleep for ever. */
    private static int sleepOrDeadlock(WaitScan scan, Proc p) {
        return !scan.exiting && p.waiterCount() == p.lwpCount() ? Errno.EDEADLK : WAIT_SLEEP;
    }

    @Override
    public SyncObject parkObject() {
        return park;
    }

    /**
     * Reads the clock of a timeout into {@code request.startNanos}.
     *
     * @return 0; EINVAL for an unknown clock; ESRCH for the CPU-time clock of nobody
     */
    private int readClock(ParkRequest request) {
        long now = host.clockNanos(request.clock);
        if (now == LwpRevisionHost.NO_CLOCK) {
            return Errno.EINVAL;
        }
        if (now == LwpRevisionHost.NO_OWNER) {
            return Errno.ESRCH;
        }
        request.startNanos = now;
        return 0;
    }

    /**
     * ts2timo: in subr_time.c 1.34 nanoseconds are checked first, and absolute times for overflow; in 1.20
     * nanoseconds after the subtraction only, and overflow never.
     */
    @Override
    public final int parkTimeout(ParkRequest request) {
        boolean checked = !host.quirk(LwpQuirk.ABSOLUTE_TIME_UNCHECKED);
        if (checked && !Timeouts.validNanos(request.nanos)) {
            return Errno.EINVAL;
        }
        int error = readClock(request);
        if (error != 0) {
            return error;
        }
        long startSeconds = request.startNanos / NANOS_PER_SECOND;
        if (checked && request.absolute && request.seconds < Long.MIN_VALUE + startSeconds + 1) {
            return Errno.EINVAL;
        }
        return convert(request);
    }

    /**
     * Makes the timeout relative to {@code request.startNanos} and turns it into ticks; the last steps of ts2timo.
     *
     * @return 0, EINVAL or ETIMEDOUT
     */
    private int convert(ParkRequest request) {
        if (request.absolute) {
            Timeouts.subtract(request, request.startNanos);
        }
        int error = Timeouts.fix(request, host.tickNanos());
        if (error != 0) {
            return error;
        }
        if (request.seconds == 0 && request.nanos == 0) {
            return Errno.ETIMEDOUT;
        }
        request.ticks = Timeouts.ticks(request.seconds, request.nanos, host.tickNanos());
        return 0;
    }

    @Override
    public SleepQueue parkQueue(Proc p, long hint) {
        return null;
    }

    /** The LWP itself. */
    @Override
    public long parkChannel(Lwp l, long hint) {
        return l.channel();
    }

    /** The hint is not looked at, and the process lock is not needed. */
    @Override
    public final int unpark(Proc p, int lid, long hint, boolean locked) {
        Lwp target = p.anyLwp(lid);
        if (target == null) {
            return Errno.ESRCH;
        }
        if (target.parked()) {
            host.wake(target);
            return 0;
        }
        if (!takesPendingUnpark(target)) {
            return Errno.ESRCH;
        }
        host.leaveUnparked(target);
        return 0;
    }

    /**
     * Whether an unpark stays pending on an LWP that is not parked; if not, it is as good as missing.
     *
     * @param target in whatever state, embryo and zombie included
     */
    private boolean takesPendingUnpark(Lwp target) {
        return target.state() != TaskState.LSIDL && target.state() != TaskState.LSZOMB
                || host.quirk(LwpQuirk.UNPARK_FINDS_ZOMBIES);
    }

    @Override
    public final long nameBytes(long callerBytes) {
        return Long.compareUnsigned(callerBytes, NAME_BYTES) < 0 ? callerBytes : NAME_BYTES;
    }

    @Override
    public void exportParked(Lwp l) {
        // There is no queue to leave.
    }

    @Override
    public void importParked(Lwp l) {
        // There is no queue to join.
    }

    @Override
    public void check(List<String> broken) {
        // There is no queue to check.
    }
}
