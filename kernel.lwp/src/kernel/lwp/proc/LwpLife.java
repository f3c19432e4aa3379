// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.revision.LwpQuirk;
import kernel.sched.task.Generation;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.Resource;

/**
 * Birth and death of LWPs: lwp_create, lwp_start, lwp_exit and lwp_free of kern_lwp.c 1.180 and 1.250.
 */
public final class LwpLife {
    private final Processes processes;

    LwpLife(Processes processes) {
        this.processes = processes;
    }

    /**
     * Makes an LWP in state LSIDL, known by its id but not yet started.
     *
     * <p>Called on the creator with nothing locked; may block. In 2009 the alternate signal stack was the creator's too;
     * since 2017 a new LWP has none.
     *
     * @param detached whether nobody will wait for it
     * @return the LWP, or null for EAGAIN: too many LWPs of the user, or no id left
     */
    public Lwp create(Lwp creator, boolean detached, long signalMask) {
        Proc p = creator.proc();
        p.lock.enter();
        if (!countThread(creator)) {
            p.lock.exit();
            return null;
        }
        while (p.detachedZombie != null) {
            freeDetachedZombie(p);
            p.lock.enter();
        }
        int lid = processes.allocateLid(p);
        if (lid == 0) {
            if (processes.quirk(LwpQuirk.THREAD_COUNT_LEAKS)) {
                processes.users().leak(p);
            } else {
                processes.users().removeThread(p, p.uid());
            }
            p.lock.exit();
            return null;
        }
        Lwp child = link(p, lid, creator);
        child.unreported = true;
        child.signals().mask(signalMask);
        if (processes.revision().generation() == Generation.V2009) {
            child.signals().stack.set(creator.signals().stack);
        }
        child.flags |= creator.flags & (LwpFlag.LW_WEXIT | LwpFlag.LW_WCORE);
        if (detached) {
            child.lwpFlags |= LwpFlag.LPR_DETACHED;
            p.detachedCount++;
        }
        p.lock.exit();
        return child;
    }

    /** Makes the first LWP of a process; nothing can be in its way yet. */
    Lwp createFirst(Proc p, Lwp creator) {
        int lid = processes.allocateLid(p);
        Lwp first = link(p, lid, creator);
        if (creator != null) {
            first.registers().set(creator.registers());
            first.registers().pc = 0;
            processes.fpu().inherit(creator, first);
            first.signals().mask(creator.signals().mask);
            first.signals().stack.set(creator.signals().stack);
        }
        first.registers().status = processes.codec().initialStatus();
        return first;
    }

    private Lwp link(Proc p, int lid, Lwp creator) {
        Lwp child = new Lwp(p, lid);
        child.ownsId = processes.takeClaim(lid);
        processes.dispatcher().register(child, creator, new Startup(this, child));
        p.lwps.add(child);
        if (processes.revision().countsEmbryos()) {
            p.runnableCount++;
        }
        processes.log(Events.LWP_CREATE, child);
        return child;
    }

    /**
     * Counts one more LWP of the user; false when the limit forbids it.
     *
     * <p>kern_lwp.c 1.180 took the user from the credentials that the creator had when it entered the kernel.
     */
    private boolean countThread(Lwp creator) {
        Proc p = creator.proc();
        boolean cached = processes.quirk(LwpQuirk.THREAD_CHARGED_TO_CREATOR) && creator.credentials != null;
        Credentials charged = cached ? creator.credentials : p.credentials();
        int count = processes.users().addThread(p, charged.uid());
        boolean limited = processes.revision().limitsThreads();
        if (limited && count > p.limit(Resource.NTHR) && !charged.superuser()) {
            processes.users().removeThread(p, charged.uid());
            return false;
        }
        return true;
    }

    /** Starts a created LWP; called on its creator after the id was stored. */
    public void start(Lwp creator, Lwp child, int flags) {
        Proc p = creator.proc();
        p.lock.enter();
        processes.revision().start(creator, child, flags);
        p.lock.exit();
    }

    /** Ends the running LWP; the last one ends its process. Does not return. */
    public void exit(Lwp self) {
        Proc p = self.proc();
        if (p.lwpCount() - p.zombieCount > 1) {
            processes.tracing().exiting(self);
        }
        p.lock.enter();
        if (p.lwpCount() - p.zombieCount == 1) {
            p.lock.exit();
            processes.processLife().exit(self, 0, 0);
        }
        becomeZombie(self);
        processes.dispatcher().exit();
    }

    /** Ends an LWP that never ran, because its creator could not be told its id. */
    public void discard(Lwp embryo) {
        embryo.proc().lock.enter();
        becomeZombie(embryo);
    }

    /** The part of lwp_exit up to the last switch; process locked on entry, not afterwards. */
    private void becomeZombie(Lwp l) {
        Proc p = l.proc();
        p.zombieCount++;
        l.exiting = true;
        if (l.detached()) {
            while (p.detachedZombie != null) {
                freeDetachedZombie(p);
                p.lock.enter();
            }
            p.detachedZombie = l;
        }
        if (l.has(LwpFlag.LW_PENDSIG) && p.signals.pending.set() != 0) {
            p.forEachLwp(other -> other.flags |= LwpFlag.LW_PENDSIG);
        }
        markZombie(l);
        p.lwpChanged.broadcast();
        p.lock.exit();
    }

    void markZombie(Lwp l) {
        boolean counted = l.state() != TaskState.LSIDL || processes.revision().countsEmbryos();
        processes.log(Events.LWP_EXIT, l);
        processes.observer().lwpExited(l);
        l.become(TaskState.LSZOMB);
        l.showCpu(ControlBlock.CPU_EXITED);
        if (l.name != null) {
            l.name = "(zombie)";
        }
        if (counted) {
            l.proc().runnableCount--;
        }
    }

    private void freeDetachedZombie(Proc p) {
        Lwp zombie = p.detachedZombie;
        p.detachedZombie = null;
        free(zombie);
    }

    /** lwp_free: forgets a zombie. Process locked on entry, not afterwards. */
    void free(Lwp zombie) {
        Proc p = zombie.proc();
        processes.users().removeThread(p, p.uid());
        while (zombie.onCpu()) {
            processes.spin();
        }
        ControlArea.release(zombie);
        p.cpuTime().finished(zombie);
        p.usage.add(zombie);
        p.lwps.remove(zombie);
        p.zombieCount--;
        if (zombie.detached()) {
            p.detachedCount--;
        }
        zombie.become(TaskState.LSIDL);
        processes.dispatcher().unregister(zombie);
        releaseIds(zombie);
        p.lwpChanged.broadcast();
        p.lock.exit();
    }

    /** Gives the ids back that an LWP had from the space shared with processes. */
    void releaseIds(Lwp l) {
        if (l.ownsId) {
            processes.ids().free(l.lid());
        }
        if (l.threadId != 0) {
            processes.ids().free(l.threadId);
            l.threadId = 0;
        }
    }
}
