// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import userland.program.User;

/** The calls that wake threads. */
final class Waking {
    private Waking() {
    }

    /**
     * Wakes {@code count} ids at {@code lids} with one call, or none.
     *
     * <p>Errors are expected: a released thread may have gone on and even have exited (ESRCH). DEVIATION: the 2009
     * library reported ESRCH of unpark_all to its error function, which could abort; under 1.47 it never happens, and a
     * process that is carried to a newer revision is to survive it.
     */
    static void unpark(User user, long lids, int count, long hint) {
        if (count == 1) {
            user.lwpUnpark(user.load32(lids), hint);
        } else if (count > 1) {
            user.lwpUnparkAll(lids, count, hint);
        }
    }
}
