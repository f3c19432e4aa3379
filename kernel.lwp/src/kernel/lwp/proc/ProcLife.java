// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import kernel.vm.file.FileTable;
import kernel.vm.map.VmSpace;
import machine.core.engine.Cpu;
import machine.core.engine.Timer;

/**
 * Birth and death of processes: fork1, exit1, exit_lwps, proc_free and wait4 (kern_fork.c, kern_exit.c), in brief.
 *
 * <p>A process without a parent is reaped by the kernel as soon as its last LWP has left its CPU.
 */
public final class ProcLife {
    private final Processes processes;
    private final Reaper reaper = new Reaper();

    ProcLife(Processes processes) {
        this.processes = processes;
    }

    /**
     * Makes a process without parent and starts its first LWP, at a safe point.
     *
     * @return the process, or null when there is no id or no memory for it
     */
    public Proc spawn(UserImage image, Credentials credentials, String name) {
        VmSpace space = processes.vm().spaces().create();
        if (space == null) {
            return null;
        }
        FileTable files = processes.vm().files().newTable();
        Proc p = make(null, image, credentials, name, processes.firstLimits(), space, files);
        return p == null ? null : startFirst(p, null);
    }

    /**
     * Forks the caller's process; the child's only LWP runs the given image, because a Java stack cannot be copied.
     *
     * @return 0 with the child's pid in {@code l.frame().result()}, EAGAIN or ENOMEM
     */
    public int fork(Lwp l, UserImage childImage) {
        Proc parent = l.proc();
        VmSpace space = processes.vm().spaces().fork(parent.vmspace());
        if (space == null) {
            return Errno.ENOMEM;
        }
        FileTable files = parent.files().copy();
        Proc child = make(parent, childImage, parent.credentials(), parent.name(), parent.limits().copy(), space, files);
        if (child == null) {
            return Errno.EAGAIN;
        }
        child.keptCalls = parent.keptCalls;
        startFirst(child, l);
        l.frame().result(child.pid());
        return 0;
    }

    private Proc make(Proc parent, UserImage image, Credentials credentials, String name, Limits limits,
            VmSpace space, FileTable files) {
        int pid = processes.ids().allocate();
        if (pid == 0) {
            space.free();
            files.closeAll();
            return null;
        }
        Proc p = new Proc(new ProcSeed(processes, pid, processes.dispatcher().newAddress(), name, credentials, limits,
                space, files, image));
        p.keptCalls = processes.activeCalls();
        if (parent != null) {
            p.parent = parent;
            p.nextSibling = parent.firstChild;
            parent.firstChild = p;
        }
        processes.table().add(p);
        return p;
    }

    private Proc startFirst(Proc p, Lwp creator) {
        Lwp first = processes.lwpLife().createFirst(p, creator);
        p.state = Proc.State.ACTIVE;
        processes.log(Events.PROC_START, p, p.uid(), 0);
        processes.revisionHost().startRunnable(first);
        return p;
    }

    /**
     * exit1: ends the process of the running LWP, which must hold nothing. Does not return.
     *
     * @param status exit status, 0 to 255
     * @param signo the signal that kills it, or 0
     */
    public void exit(Lwp self, int status, int signo) {
        Proc p = self.proc();
        p.lock.enter();
        if (p.exiting) {
            p.lock.exit();
            processes.lwpLife().exit(self);
        }
        p.exiting = true;
        p.state = Proc.State.DYING;
        p.exitStatus = status;
        p.exitSignal = signo;
        endOthers(self);
        self.flags &= ~LwpFlag.LW_USERRET;
        p.lock.exit();
        p.files().closeAll();
        ControlArea.close(self);
        processes.spaces().drop(p);
        leaveFamily(p);
        finish(self);
    }

    /** exit_lwps: ends every other LWP; process locked. Repeats when new or newly suspended ones may have come. */
    private void endOthers(Lwp self) {
        Proc p = self.proc();
        while (p.lwpCount() > 1) {
            for (Lwp l = p.lwps.head(); l != null; l = l.next) {
                if (l != self) {
                    doom(l);
                }
            }
            int error = 0;
            while (p.lwpCount() > 1 && error == 0) {
                error = processes.waiting().waitFor(self, 0, true);
            }
        }
    }

    private void doom(Lwp l) {
        l.flags |= LwpFlag.LW_WEXIT;
        TaskState state = l.state();
        boolean asleep = state == TaskState.LSSLEEP && l.interruptible();
        if (asleep || state == TaskState.LSSUSPENDED || state == TaskState.LSSTOP) {
            processes.setRunnable(l);
        } else if (state == TaskState.LSONPROC) {
            processes.dispatcher().needUserret(l);
        }
    }

    /** Gives children away and tells the parent. */
    private void leaveFamily(Proc p) {
        processes.lock().enter();
        Proc child = p.firstChild;
        p.firstChild = null;
        while (child != null) {
            Proc following = child.nextSibling;
            child.parent = null;
            child.nextSibling = null;
            if (child.state == Proc.State.ZOMBIE) {
                reaper.add(child);
            }
            child = following;
        }
        p.state = Proc.State.ZOMBIE;
        if (p.parent != null) {
            p.parent.childChanged.broadcast();
        } else {
            reaper.add(p);
        }
        processes.lock().exit();
    }

    private void finish(Lwp self) {
        Proc p = self.proc();
        processes.log(Events.PROC_EXIT, p, p.exitStatus, p.exitSignal);
        p.zombieCount++;
        self.exiting = true;
        processes.lwpLife().markZombie(self);
        processes.observer().procExited(p);
        processes.dispatcher().exit();
    }

    /**
     * wait4 without resource usage: waits for a child to exit and forgets it.
     *
     * @param pid the child, or -1 for any
     * @param noHang return at once with result 0 if none has exited
     * @return 0 with the pid in {@code l.frame().result()} and the status in {@link #lastStatus()}; ECHILD; EINTR
     */
    public int waitChild(Lwp l, int pid, boolean noHang) {
        Proc p = l.proc();
        processes.lock().enter();
        int error = 0;
        for (;;) {
            Proc zombie = findZombie(p, pid);
            if (zombie != null) {
                while (!settled(zombie)) {
                    processes.spin();
                }
                l.frame().result(zombie.pid());
                lastStatus = zombie.exitSignal != 0 ? zombie.exitSignal : zombie.exitStatus << 8;
                processes.dispatcher().processExited(l, zombie.lwps.head());
                unlinkChild(p, zombie);
                reap(zombie);
                break;
            }
            if (!hasChild(p, pid)) {
                error = Errno.ECHILD;
                break;
            }
            if (noHang) {
                l.frame().result(0);
                break;
            }
            error = p.childChanged.awaitSig(processes.lock());
            if (error != 0) {
                break;
            }
        }
        processes.lock().exit();
        return error;
    }

    private int lastStatus;

    /** The status of the child collected last; read it right after the wait. */
    public int lastStatus() {
        return lastStatus;
    }

    private static Proc findZombie(Proc p, int pid) {
        for (Proc child = p.firstChild; child != null; child = child.nextSibling) {
            boolean wanted = pid == -1 || child.pid() == pid;
            if (wanted && child.state == Proc.State.ZOMBIE) {
                return child;
            }
        }
        return null;
    }

    private static boolean hasChild(Proc p, int pid) {
        for (Proc child = p.firstChild; child != null; child = child.nextSibling) {
            if (pid == -1 || child.pid() == pid) {
                return true;
            }
        }
        return false;
    }

    private static void unlinkChild(Proc p, Proc child) {
        if (p.firstChild == child) {
            p.firstChild = child.nextSibling;
        } else {
            Proc before = p.firstChild;
            while (before.nextSibling != child) {
                before = before.nextSibling;
            }
            before.nextSibling = child.nextSibling;
        }
        child.nextSibling = null;
        child.parent = null;
    }

    /** Whether the last LWP of a zombie process has left its CPU for good. */
    private static boolean settled(Proc zombie) {
        Lwp last = zombie.lwps.head();
        return last.state() == TaskState.LSZOMB && !last.onCpu();
    }

    /** proc_free: forgets a zombie process whose last LWP is off its CPU. */
    private void reap(Proc p) {
        Lwp last = p.lwps.head();
        p.lwps.remove(last);
        last.become(TaskState.LSIDL);
        processes.dispatcher().unregister(last);
        processes.lwpLife().releaseIds(last);
        processes.table().remove(p);
        processes.ids().free(p.pid());
        p.state = Proc.State.GONE;
    }

    /** Reaps processes that have no parent, in an interrupt after their last switch. */
    private final class Reaper extends Timer {
        private Proc queue;

        void add(Proc p) {
            p.nextSibling = queue;
            queue = p;
            if (!armed()) {
                processes.engine().arm(this, processes.engine().current(), processes.engine().nowNanos());
            }
        }

        @Override
        protected void expire(Cpu cpu) {
            Proc waiting = queue;
            queue = null;
            while (waiting != null) {
                Proc following = waiting.nextSibling;
                waiting.nextSibling = null;
                if (settled(waiting)) {
                    processes.dispatcher().processExited(null, waiting.lwps.head());
                    reap(waiting);
                } else {
                    waiting.nextSibling = queue;
                    queue = waiting;
                }
                waiting = following;
            }
            if (queue != null) {
                processes.engine().arm(this, cpu, cpu.clockNanos() + processes.dispatcher().costs().lockNanos() + 1);
            }
        }
    }
}
