// SPDX-License-Identifier: BSD-2-Clause
package userland.c11;

import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Threads;

/** {@code call_once}. */
public final class CallOnce {
    /** Bytes of a once_flag; ONCE_FLAG_INIT is zeroed memory. */
    public static final int BYTES = Threads.ONCE_BYTES;

    private CallOnce() {
    }

    /** Calls a routine once, whoever comes first; all others wait until it has returned. */
    public static void call(User user, long flag, UserFunction routine) {
        user.pthread().threads().once(user, flag, routine);
    }
}
