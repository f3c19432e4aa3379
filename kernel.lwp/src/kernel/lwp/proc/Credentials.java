// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

/**
 * Who a process is. Immutable; a process that changes its ids gets others. There are no groups.
 *
 * @param uid real user id, to which its LWPs and processes are charged
 * @param euid effective user id; 0 is the superuser
 * @param savedUid an effective user id it may take again
 */
public record Credentials(int uid, int euid, int savedUid) {
    /** The superuser. */
    public static final Credentials ROOT = new Credentials(0, 0, 0);

    /** A user whose ids are all the same. */
    public static Credentials of(int uid) {
        return new Credentials(uid, uid, uid);
    }

    /** Whether resource and permission checks are bypassed. */
    public boolean superuser() {
        return euid == 0;
    }

    /** Whether a real or effective id is also one of the other's (kauth_cred_uidmatch). */
    public boolean matches(Credentials other) {
        return euid == other.euid || euid == other.uid || uid == other.euid || uid == other.uid;
    }

    /** Whether an id is one of these three. */
    boolean has(int id) {
        return id == uid || id == euid || id == savedUid;
    }
}
