// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.r184;

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
import kernel.lwp.revision.Timeouts;
import kernel.lwp.revision.WaitScan;
import kernel.sched.errno.Errno;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import kernel.sched.task.TaskState;
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
public final class Revision184 implements LwpRevision {
    private static final int NAME_BYTES = 16;

    private final SyncObject park = new SyncObject("lwp_park", SyncObject.Order.NULL, true, false);
    private LwpRevisionHost host;

    @Override
    public String name() {
        return "1.84";
    }

    @Override
    public Generation generation() {
        return Generation.V2020;
    }

    @Override
    public void attach(LwpRevisionHost kernel) {
        host = kernel;
    }

    @Override
    public boolean provides(String call) {
        return call.equals("___lwp_park60");
    }

    /** The process's own id first, then any free one; so the first LWP has the id of its process. */
    @Override
    public int allocateLid(Proc p) {
        return p.anyLwp(p.pid()) == null ? p.pid() : host.claimId(p);
    }

    @Override
    public boolean validatesContext() {
        return true;
    }

    @Override
    public int checkContext(UserContext context, byte[] bytes, UserContextCodec codec, UserRegisters current) {
        return (context.flags & UserContext.UC_CPU) == 0 ? Errno.EINVAL : codec.validate(bytes, current);
    }

    @Override
    public boolean limitsThreads() {
        return true;
    }

    @Override
    public boolean countsEmbryos() {
        return true;
    }

    @Override
    public void start(Lwp creator, Lwp child, int flags) {
        if ((flags & LwpFlag.LWP_SUSPENDED) != 0) {
            host.suspendAtBoundary(child);
        }
        host.startRunnable(child);
    }

    @Override
    public int setPrivateResult(int machineError) {
        return machineError;
    }

    @Override
    public int scan(WaitScan scan) {
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

    /** ts2timo of subr_time.c 1.34. */
    @Override
    public int parkTimeout(ParkRequest request) {
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
        if (request.absolute) {
            if (request.seconds < Long.MIN_VALUE + now / 1_000_000_000L + 1) {
                return Errno.EINVAL;
            }
            Timeouts.subtract(request, now);
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

    @Override
    public int unpark(Proc p, int lid, long hint, boolean locked) {
        Lwp target = p.anyLwp(lid);
        if (target == null || target.state() == TaskState.LSIDL) {
            return Errno.ESRCH;
        }
        if (target.parked()) {
            host.wake(target);
            return 0;
        }
        if (target.state() == TaskState.LSZOMB) {
            return Errno.ESRCH;
        }
        host.leaveUnparked(target);
        return 0;
    }

    @Override
    public int missingTargets() {
        return Errno.ESRCH;
    }

    @Override
    public long nameBytes(long callerBytes) {
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
