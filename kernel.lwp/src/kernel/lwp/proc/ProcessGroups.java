// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.function.Predicate;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;

/**
 * Process groups and sessions: setpgid, setsid, and which groups are orphaned (kern_proc.c, kern_prot.c).
 *
 * <p>A group is a number; it exists as long as a process has it. A process that was spawned from outside leads a group
 * and session of its own. DEVIATION: the outside acts as its job-control shell, so its group is not orphaned while it
 * lives.
 */
public final class ProcessGroups {
    private final Processes processes;

    ProcessGroups(Processes processes) {
        this.processes = processes;
    }

    /**
     * setpgid.
     *
     * @param pid the process, the caller or a child of it; 0 for the caller
     * @param group the group, 0 for one of its own
     * @return 0, EINVAL, ESRCH or EPERM
     */
    public int setGroup(Lwp l, int pid, int group) {
        if (group < 0) {
            return Errno.EINVAL;
        }
        Proc self = l.proc();
        Proc target = pid == 0 ? self : processes.table().find(pid);
        if (target == null || target != self && target.parent != self) {
            return Errno.ESRCH;
        }
        if (target.session != self.session || target.session == target.pid()) {
            return Errno.EPERM;
        }
        int wanted = group == 0 ? target.pid() : group;
        if (wanted != target.pid() && !any(p -> p.group == wanted && p.session == self.session)) {
            return Errno.EPERM;
        }
        target.group = wanted;
        return 0;
    }

    /**
     * setsid.
     *
     * @return 0, or EPERM for who leads a group
     */
    public int newSession(Lwp l) {
        Proc p = l.proc();
        if (any(other -> other.group == p.pid())) {
            return Errno.EPERM;
        }
        p.session = p.pid();
        p.group = p.pid();
        return 0;
    }

    /** Whether nobody outside a group, but in its session, could continue its members (pg_jobc is 0). */
    boolean orphaned(int group) {
        return !any(p -> p.group == group && p.alive() && controlled(p));
    }

    private static boolean controlled(Proc p) {
        Proc parent = p.parent;
        return parent == null ? p.job : parent.group != p.group && parent.session == p.session;
    }

    /** orphanpg: a group that an exit has orphaned, and that has stopped members, is hung up and continued. */
    void releaseOrphans(int group) {
        if (!orphaned(group) || !any(p -> p.group == group && p.state == Proc.State.STOPPED)) {
            return;
        }
        for (Proc p : processes.table().all()) {
            if (p.group == group) {
                processes.signals().post(p, SignalInfo.unknown(Signal.SIGHUP), 0);
                processes.signals().post(p, SignalInfo.unknown(Signal.SIGCONT), 0);
            }
        }
    }

    private boolean any(Predicate<Proc> condition) {
        return processes.table().any(condition);
    }
}
