// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

/**
 * Who a process is.
 *
 * @param uid real user id
 * @param euid effective user id; 0 is the superuser
 */
public record Credentials(int uid, int euid) {
    /** The superuser. */
    public static final Credentials ROOT = new Credentials(0, 0);

    /** A user whose real and effective ids are the same. */
    public static Credentials of(int uid) {
        return new Credentials(uid, uid);
    }

    /** Whether resource and permission checks are bypassed. */
    public boolean superuser() {
        return euid == 0;
    }
}
