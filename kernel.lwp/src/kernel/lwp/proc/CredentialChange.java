// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.sched.errno.Errno;

/**
 * Changing user ids: setuid, seteuid and setreuid as do_setresuid of kern_prot.c has them.
 *
 * <p>Called by an LWP of the process with nothing locked. What is charged to the real user (chgproccnt, chglwpcnt)
 * moves with the real id.
 */
public final class CredentialChange {
    /** Leaves an id as it is. */
    public static final int KEEP = -1;

    private final Processes processes;

    CredentialChange(Processes processes) {
        this.processes = processes;
    }

    /**
     * setuid: all three ids.
     *
     * @return 0 or EPERM
     */
    public int setUid(Proc p, int uid) {
        p.lock.enter();
        boolean allowed = uid == KEEP || uid == p.credentials().uid();
        return leave(p, allowed, uid, uid, uid);
    }

    /**
     * seteuid: the effective id, which may become the real or the saved one.
     *
     * @return 0 or EPERM
     */
    public int setEffective(Proc p, int euid) {
        p.lock.enter();
        Credentials now = p.credentials();
        boolean allowed = euid == KEEP || euid == now.uid() || euid == now.savedUid();
        return leave(p, allowed, KEEP, euid, KEEP);
    }

    /**
     * setreuid: real and effective id; with another real id the saved one becomes the effective one.
     *
     * @return 0 or EPERM
     */
    public int setBoth(Proc p, int uid, int euid) {
        p.lock.enter();
        Credentials now = p.credentials();
        int real = uid == KEEP ? now.uid() : uid;
        int effective = euid == KEEP ? now.euid() : euid;
        int saved = real == now.uid() ? KEEP : effective;
        boolean allowed = (real == now.uid() || real == now.euid()) && now.has(effective);
        return leave(p, allowed, real, effective, saved);
    }

    /** Changes the ids if they may be changed, and unlocks the process. */
    private int leave(Proc p, boolean allowed, int uid, int euid, int savedUid) {
        Credentials now = p.credentials();
        int error = allowed || now.superuser() ? 0 : Errno.EPERM;
        Credentials next = new Credentials(uid == KEEP ? now.uid() : uid, euid == KEEP ? now.euid() : euid,
                savedUid == KEEP ? now.savedUid() : savedUid);
        if (error == 0 && !next.equals(now)) {
            if (next.uid() != now.uid()) {
                processes.users().move(p, now.uid(), next.uid());
            }
            p.become(next);
        }
        p.lock.exit();
        return error;
    }
}
