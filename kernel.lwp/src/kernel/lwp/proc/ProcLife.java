// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import kernel.vm.file.FileTable;
import kernel.vm.map.VmSpace;
import kernel.vm.syscall.Resource;

/**
 * Birth and death of processes: fork1, exit1, exit_lwps, proc_free and reaping (kern_fork.c, kern_exit.c), in brief.
 *
 * <p>A process without a parent is reaped by the kernel as soon as its last LWP has left its CPU. DEVIATION: there is
 * no init; the kernel itself takes in the children of who exits, and {@code getppid} gives them 0.
 */
public final class ProcLife {
    private final Processes processes;
    private final Reaper reaper;

    /** Children whose memory is being copied: charged already, but not in the table. */
    private int forking;

    ProcLife(Processes processes) {
        this.processes = processes;
        this.reaper = new Reaper(processes);
    }

    /** How many children are being made. */
    int forking() {
        return forking;
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
        processes.users().addProcess(credentials.uid());
        FileTable files = processes.vm().files().newTable();
        Proc p = make(null, image, credentials, name, processes.firstLimits(), space, files);
        if (p == null) {
            return null;
        }
        p.job = true;
        p.group = p.pid();
        p.session = p.pid();
        return startFirst(p, null);
    }

    /**
     * Forks the caller's process; the child's only LWP runs the given image, because a Java stack cannot be copied.
     *
     * @return 0 with the child's pid in {@code l.frame().result()}, EAGAIN (RLIMIT_NPROC, tested first, or no id left) or
     *     ENOMEM
     */
    public int fork(Lwp l, UserImage childImage) {
        Proc parent = l.proc();
        Credentials credentials = parent.credentials();
        int uid = credentials.uid();
        int count = processes.users().addProcess(uid);
        if (count > parent.limit(Resource.NPROC) && !parent.superuser()) {
            processes.users().removeProcess(uid);
            return Errno.EAGAIN;
        }
        forking++;
        VmSpace space = processes.vm().spaces().fork(parent.vmspace());
        forking--;
        if (space == null) {
            processes.users().removeProcess(uid);
            return Errno.ENOMEM;
        }
        FileTable files = parent.files().copy();
        Proc child = make(parent, childImage, credentials, parent.name(), parent.limits().copy(), space, files);
        if (child == null) {
            return Errno.EAGAIN;
        }
        child.keptCalls = parent.keptCalls;
        child.inheritIds(parent);
        child.group = parent.group;
        child.session = parent.session;
        child.signals.actions = parent.signals.actions.copy();
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
            processes.users().removeProcess(credentials.uid());
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
        if (p.dumping) {
            processes.coreDumps().beHeld(self);
        }
        if (p.exiting) {
            p.lock.exit();
            processes.lwpLife().exit(self);
        }
        p.exiting = true;
        p.state = Proc.State.DYING;
        p.signals.stopping = false;
        p.exitStatus = status;
        p.exitSignal = signo;
        endOthers(self);
        self.flags &= ~LwpFlag.LW_USERRET;
        p.lock.exit();
        p.files().closeAll();
        ControlArea.close(self);
        p.usage.keep(p.vmspace);
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
        processes.tracing().ptrace().leave(p);
        Proc child = p.firstChild;
        p.firstChild = null;
        while (child != null) {
            Proc following = child.nextSibling;
            child.parent = null;
            child.nextSibling = null;
            if (child.state == Proc.State.ZOMBIE) {
                reaper.add(child);
            } else if (child.group != p.group) {
                processes.groups().releaseOrphans(child.group);
            }
            child = following;
        }
        p.state = Proc.State.ZOMBIE;
        processes.groups().releaseOrphans(p.group);
        leaveParent(p);
        processes.lock().exit();
    }

    private void leaveParent(Proc p) {
        Proc parent = p.parent;
        if (parent == null) {
            reaper.add(p);
            return;
        }
        boolean unwanted = parent.signals.noChildWait();
        if (unwanted) {
            unlinkChild(parent, p);
            reaper.add(p);
        }
        processes.jobControl().tellExit(parent, p);
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

    /** Waits until the last LWP of a zombie process is off its CPU: then what it has used is final. */
    void settle(Proc zombie) {
        while (!settled(zombie)) {
            processes.spin();
        }
    }

    /** Forgets a zombie child that its parent has asked for; family locked. */
    void collect(Lwp l, Proc zombie) {
        settle(zombie);
        processes.dispatcher().processExited(l, zombie.lwps.head());
        l.proc().usage.addChild(zombie.usage().plus(zombie.childrenUsage()));
        unlinkChild(l.proc(), zombie);
        reap(zombie);
    }

    /** Makes another process, or none, the parent; family locked. */
    static void reparent(Proc child, Proc parent) {
        if (child.parent != null) {
            unlinkChild(child.parent, child);
        }
        child.parent = parent;
        if (parent != null) {
            child.nextSibling = parent.firstChild;
            parent.firstChild = child;
        }
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
    static boolean settled(Proc zombie) {
        Lwp last = zombie.lwps.head();
        return last.state() == TaskState.LSZOMB && !last.onCpu();
    }

    /** proc_free: forgets a zombie process whose last LWP is off its CPU. */
    void reap(Proc p) {
        Lwp last = p.lwps.head();
        p.lwps.remove(last);
        last.become(TaskState.LSIDL);
        processes.dispatcher().unregister(last);
        processes.lwpLife().releaseIds(last);
        processes.table().remove(p);
        processes.users().removeProcess(p.uid());
        processes.ids().free(p.pid());
        p.state = Proc.State.GONE;
    }
}
