// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayDeque;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.ParkRequest;
import kernel.sched.errno.Errno;
import kernel.sched.lock.SpinMutex;
import kernel.sched.sleep.SleepQueue;

/**
 * Park and unpark: the control flow around the revision's decisions.
 *
 * <p>No frame of the revision is on the stack while an LWP sleeps, so the revision may be replaced meanwhile.
 */
public final class Parking {
    /** LWP_UNPARK_MAX: how many ids _lwp_unpark_all takes at a time. */
    public static final int UNPARK_MAX = 1024;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Processes processes;
    private final ParkRequest request = new ParkRequest();
    /** What the LWP that has just locked its queue will sleep on. */
    private long parkChannel;
    private final ArrayDeque<int[]> targets = new ArrayDeque<>();

    Parking(Processes processes) {
        this.processes = processes;
    }

    /**
     * The timeout of the next {@link #park}; afterwards, for a relative one, the time that was left.
     *
     * <p>Shared by all LWPs: fill it right before the call and read it right after.
     */
    public ParkRequest request() {
        return request;
    }

    /**
     * lwp_park: sleeps until unparked, cancelled, interrupted or timed out.
     *
     * @param timed whether {@link #request()} holds a timeout
     * @return 0, EALREADY, EINTR, ETIMEDOUT, EINVAL or ESRCH
     */
    public int park(Lwp l, boolean timed, long hint) {
        int ticks = 0;
        if (timed) {
            int error = processes.revision().parkTimeout(request);
            if (error != 0) {
                return error == Errno.ETIMEDOUT && !processes.quirk(LwpQuirk.EXPIRED_PARK_KEEPS_UNPARK)
                        && takePending(l) ? Errno.EALREADY : error;
            }
            ticks = request.ticks;
        }
        boolean counting = timed && !request.absolute;
        if (!counting) {
            return sleep(l, ticks, hint);
        }
        return sleepCounting(l, ticks, hint);
    }

    private int sleep(Lwp l, int ticks, long hint) {
        SleepQueue queue = lockQueue(l, hint);
        if (takePending(l)) {
            unlockQueue(l, queue);
            return Errno.EALREADY;
        }
        l.parkHint = hint;
        processes.sleep().enqueue(queue, parkChannel, "parked", processes.parkObject(), true);
        return result(processes.sleep().block(ticks, true));
    }

    /** Takes what makes a park fail with EALREADY; false if there is nothing. */
    private static boolean takePending(Lwp l) {
        boolean pending = l.has(LwpFlag.LW_CANCELLED | LwpFlag.LW_UNPARKED);
        l.flags &= ~(LwpFlag.LW_CANCELLED | LwpFlag.LW_UNPARKED);
        return pending;
    }

    /**
     * Takes the lock that parking on a hint needs, and asks on what to sleep there.
     *
     * <p>Taking it may let the revision be swapped, and each question may have it evicted: then all is asked again.
     */
    private SleepQueue lockQueue(Lwp l, long hint) {
        for (;;) {
            SleepQueue queue = processes.revision().parkQueue(l.proc(), hint);
            if (queue == null) {
                processes.sleep().lockWithoutQueue();
            } else {
                queue.lock().enter();
            }
            LwpRevision asked = processes.activeRevision();
            boolean same = processes.revision().parkQueue(l.proc(), hint) == queue;
            parkChannel = processes.revision().parkChannel(l, hint);
            if (same && processes.activeRevision() == asked) {
                return queue;
            }
            unlockQueue(l, queue);
        }
    }

    private void unlockQueue(Lwp l, SleepQueue queue) {
        SpinMutex lock = queue == null ? processes.dispatcher().lwpLock(l.cpu()) : queue.lock();
        lock.exit();
    }

    /** Parks with a relative timeout and says how much of it is left. */
    private int sleepCounting(Lwp l, int ticks, long hint) {
        int clock = request.clock;
        long seconds = request.seconds;
        long nanos = request.nanos;
        long start = request.startNanos;
        int error = sleep(l, ticks, hint);
        if (error == Errno.ETIMEDOUT) {
            request.seconds = 0;
            request.nanos = 0;
        } else if (error == Errno.EALREADY) {
            request.seconds = seconds;
            request.nanos = nanos;
        } else {
            long elapsed = processes.clocks().nanos(clock) - start;
            request.seconds = seconds - Math.floorDiv(elapsed, NANOS_PER_SECOND);
            request.nanos = nanos - Math.floorMod(elapsed, NANOS_PER_SECOND);
            if (request.nanos < 0) {
                request.seconds--;
                request.nanos += NANOS_PER_SECOND;
            }
            if (request.seconds < 0 && !processes.quirk(LwpQuirk.REMAINING_TIME_NEGATIVE)) {
                request.seconds = 0;
                request.nanos = 0;
            }
        }
        return error;
    }

    /** A buffer for {@link #UNPARK_MAX} ids; give it back with {@link #returnTargets}. */
    public int[] borrowTargets() {
        int[] buffer = targets.poll();
        return buffer == null ? new int[UNPARK_MAX] : buffer;
    }

    /** Takes a buffer back. */
    public void returnTargets(int[] buffer) {
        targets.push(buffer);
    }

    private static int result(int sleep) {
        return switch (sleep) {
            case Errno.EWOULDBLOCK -> Errno.ETIMEDOUT;
            case Errno.ERESTART -> Errno.EINTR;
            default -> sleep;
        };
    }

    /**
     * lwp_unpark for one target: wakes it, or leaves the unpark pending.
     *
     * @return 0 or ESRCH
     */
    public int unpark(Lwp caller, int lid, long hint) {
        processes.interleave();
        return unparkNow(caller.proc(), lid, hint);
    }

    private int unparkNow(Proc p, int lid, long hint) {
        int error = processes.revision().unpark(p, lid, hint, false);
        if (error == LwpRevision.UNPARK_NEEDS_LOCK) {
            p.lock.enter();
            error = processes.revision().unpark(p, lid, hint, true);
            p.lock.exit();
        }
        return error;
    }

    /**
     * lwp_unpark for many targets; all are tried.
     *
     * @return 0, or ESRCH if one was missing
     */
    public int unparkAll(Lwp caller, int[] lids, int count, long hint) {
        processes.interleave();
        Proc p = caller.proc();
        boolean missing = false;
        boolean duplicatesCount = processes.quirk(LwpQuirk.DUPLICATE_UNPARK_PENDS);
        for (int i = 0; i < count; i++) {
            if (!duplicatesCount && contains(lids, i)) {
                continue;
            }
            missing |= unparkNow(p, lids[i], hint) != 0;
        }
        return missing && !processes.quirk(LwpQuirk.UNPARK_ALL_SKIPS_MISSING) ? Errno.ESRCH : 0;
    }

    /** Whether an id stands further to the front as well. */
    private static boolean contains(int[] lids, int index) {
        for (int i = 0; i < index; i++) {
            if (lids[i] == lids[index]) {
                return true;
            }
        }
        return false;
    }
}
