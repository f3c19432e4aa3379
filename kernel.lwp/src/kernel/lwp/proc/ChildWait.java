// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.sched.errno.Errno;
import kernel.sched.sleep.Sleep;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.SyncObject;

/** wait4: waiting for children to exit, stop or go on (do_sys_waitid of kern_exit.c). */
public final class ChildWait {
    /** Do not wait. */
    public static final int WNOHANG = 0x1;
    /** Children that stopped, too. */
    public static final int WUNTRACED = 0x2;
    /** Children that were continued, too. */
    public static final int WCONTINUED = 0x10;
    /** Leave the child as it is. */
    public static final int WNOWAIT = 0x10000;
    /** All options. */
    public static final int OPTIONS = WNOHANG | WUNTRACED | WCONTINUED | WNOWAIT;

    /** In the status of a child that a signal ended: it left a core dump. */
    public static final int COREFLAG = 0x80;

    private static final int STOPPED = 0x7f;
    private static final int CONTINUED = 0xffff;

    private final Processes processes;

    ChildWait(Processes processes) {
        this.processes = processes;
    }

    /**
     * Waits for a child.
     *
     * @param pid the child; -1 for any, 0 for one of the own group, below -1 for one of a group
     * @param options W bits
     * @param found gets what is known of the child
     * @return 0 with the pid in {@code l.frame().result()} (0 if there is nothing yet and WNOHANG); ECHILD, EINVAL,
     *     EINTR or ERESTART
     */
    public int await(Lwp l, int pid, int options, ChildStatus found) {
        if ((options & ~OPTIONS) != 0) {
            return Errno.EINVAL;
        }
        Proc p = l.proc();
        int wanted = pid == 0 ? -p.group : pid;
        processes.lock().enter();
        int error = 0;
        while (error == 0) {
            long seen = p.childEvents;
            Proc child = find(p, wanted, options);
            if (child != null) {
                report(l, child, options, found);
                break;
            }
            if (!any(p, wanted)) {
                error = Errno.ECHILD;
            } else if ((options & WNOHANG) != 0) {
                l.frame().result(0);
                break;
            } else {
                error = sleep(p, seen);
            }
        }
        processes.lock().exit();
        return error;
    }

    /** Something about a child has changed; nothing interleaves. */
    void wake(Proc parent) {
        parent.childEvents++;
        Sleep sleep = processes.sleep();
        SleepQueue queue = sleep.table().lookup(parent.childChannel);
        queue.lock().enterNow();
        sleep.wake(queue, parent.childChannel, Sleep.ALL);
        queue.lock().exit();
    }

    /** Sleeps until something changes after what was seen; children change state without the family lock. */
    private int sleep(Proc p, long seen) {
        Sleep sleep = processes.sleep();
        SleepQueue queue = sleep.table().lookup(p.childChannel);
        queue.lock().enter();
        if (p.childEvents != seen) {
            queue.lock().exit();
            return 0;
        }
        processes.dispatcher().currentTask().setKernelPriority(true);
        sleep.enqueue(queue, p.childChannel, "wait", SyncObject.SLEEP, true);
        processes.lock().exit();
        int error = sleep.block(0, true);
        processes.lock().enter();
        return error;
    }

    private static Proc find(Proc p, int wanted, int options) {
        for (Proc child = p.firstChild; child != null; child = child.nextSibling) {
            if (meant(child, wanted) && reportable(child, options)) {
                return child;
            }
        }
        return null;
    }

    private static boolean reportable(Proc child, int options) {
        return switch (child.state) {
            case ZOMBIE -> true;
            case STOPPED -> ((options & WUNTRACED) != 0 || child.trace.active()) && !child.signals.stopReported;
            default -> (options & WCONTINUED) != 0 && child.signals.continued;
        };
    }

    private static boolean any(Proc p, int wanted) {
        for (Proc child = p.firstChild; child != null; child = child.nextSibling) {
            if (meant(child, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean meant(Proc child, int wanted) {
        return wanted == -1 || child.pid() == wanted || wanted < -1 && child.group == -wanted;
    }

    private void report(Lwp l, Proc child, int options, ChildStatus found) {
        boolean keep = (options & WNOWAIT) != 0;
        l.frame().result(child.pid());
        switch (child.state) {
            case ZOMBIE -> {
                processes.processLife().settle(child);
                found.usage = child.usage().plus(child.childrenUsage());
                found.status = child.exitSignal != 0
                        ? child.exitSignal | (child.coreDumped ? COREFLAG : 0) : child.exitStatus << 8;
                if (!keep && !processes.tracing().ptrace().giveBack(child)) {
                    processes.processLife().collect(l, child);
                }
            }
            case STOPPED -> {
                found.status = child.signals.stopSignal << 8 | STOPPED;
                child.signals.stopReported |= !keep;
            }
            default -> {
                found.status = CONTINUED;
                child.signals.continued &= keep;
            }
        }
    }
}
