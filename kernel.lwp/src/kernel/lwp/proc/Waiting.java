// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.WaitScan;
import kernel.sched.errno.Errno;
import kernel.sched.task.Generation;
import kernel.sched.task.TaskState;

/** lwp_wait and _lwp_detach: the part around the revision's scan. */
public final class Waiting {
    private final Processes processes;
    private final WaitScan scan = new WaitScan();

    /** The id of the LWP that the last successful wait collected; read before anything can interleave. */
    private int departed;

    Waiting(Processes processes) {
        this.processes = processes;
    }

    /**
     * Waits for an LWP to exit and frees it. Process locked on entry and exit; blocks.
     *
     * @param lid the LWP, or 0 for any undetached one
     * @param exiting the process is exiting: detached LWPs count as well
     * @return 0 with the id in {@link #departed()}, or an errno
     */
    public int waitFor(Lwp l, int lid, boolean exiting) {
        Proc p = l.proc();
        p.waiterCount++;
        l.inWait = true;
        l.waitingFor = lid;
        int error = collect(l, lid, exiting);
        if (error != 0) {
            leave(l, lid);
        }
        return error;
    }

    /** The LWP that was collected last. */
    public int departed() {
        return departed;
    }

    private int collect(Lwp l, int lid, boolean exiting) {
        Proc p = l.proc();
        for (;;) {
            if (p.dumping) {
                leave(l, lid);
                processes.coreDumps().beHeld(l);
            }
            reapDetached(p);
            int verdict = scan(l, lid, exiting);
            if (verdict == LwpRevision.WAIT_REAP) {
                reap(l);
                return 0;
            }
            if (verdict != LwpRevision.WAIT_SLEEP) {
                return verdict;
            }
            if (exiting) {
                return pause(p);
            }
            if (!processes.quirk(LwpQuirk.WAIT_CYCLE_UNSEEN) && waitsForItself(l)) {
                return Errno.EDEADLK;
            }
            int error = p.lwpChanged.awaitSig(p.lock);
            if (error != 0) {
                return error;
            }
        }
    }

    /** Whether the LWPs that wait for each other, from this one on, come back to it. */
    private static boolean waitsForItself(Lwp l) {
        Proc p = l.proc();
        Lwp next = p.anyLwp(l.waitingFor);
        for (int i = 0; i < p.lwpCount() && next != null && next != l; i++) {
            next = p.anyLwp(next.waitingFor);
        }
        return next == l;
    }

    private void reapDetached(Proc p) {
        while (p.detachedZombie != null) {
            Lwp zombie = p.detachedZombie;
            p.detachedZombie = null;
            processes.lwpLife().free(zombie);
            p.lock.enter();
        }
    }

    private int scan(Lwp l, int lid, boolean exiting) {
        scan.waiter = l;
        scan.lid = lid;
        scan.exiting = exiting;
        scan.found = null;
        return processes.revision().scan(scan);
    }

    private void reap(Lwp l) {
        Proc p = l.proc();
        Lwp zombie = scan.found;
        scan.found = null;
        scan.waiter = null;
        int lid = zombie.lid();
        l.waitingFor = 0;
        zombie.waiter = 0;
        p.waiterCount--;
        l.inWait = false;
        processes.dispatcher().collected(l, zombie);
        processes.lwpLife().free(zombie);
        p.lock.enter();
        departed = lid;
    }

    /** An exiting process looks again after something changed; it never waits for ever. */
    private int pause(Proc p) {
        if (processes.revision().generation() == Generation.V2009) {
            p.lwpChanged.await(p.lock);
            return Errno.EAGAIN;
        }
        return p.lwpChanged.timedAwait(p.lock, 1);
    }

    private void leave(Lwp l, int lid) {
        Proc p = l.proc();
        if (lid != 0) {
            Lwp target = p.anyLwp(lid);
            if (target != null && target.waiter == l.lid()) {
                target.waiter = 0;
            }
        }
        p.waiterCount--;
        l.inWait = false;
        l.waitingFor = 0;
        p.lwpChanged.broadcast();
    }

    /**
     * _lwp_detach. Nothing locked; may block.
     *
     * @return 0, ESRCH or EINVAL
     */
    public int detach(Lwp l, int lid) {
        Proc p = l.proc();
        p.lock.enter();
        Lwp target = p.anyLwp(lid);
        int error = 0;
        if (target == null || target.state() == TaskState.LSIDL) {
            error = Errno.ESRCH;
        } else if (target.detached()) {
            error = Errno.EINVAL;
        } else {
            p.detachedCount++;
            target.lwpFlags |= LwpFlag.LPR_DETACHED;
            if (target.state() == TaskState.LSZOMB) {
                processes.lwpLife().free(target);
                return 0;
            }
            p.lwpChanged.broadcast();
        }
        p.lock.exit();
        return error;
    }
}
