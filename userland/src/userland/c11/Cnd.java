// SPDX-License-Identifier: BSD-2-Clause
package userland.c11;

import userland.program.User;
import userland.pthread.Conditions;

/** Condition variables ({@code cnd_*}). */
public final class Cnd {
    /** Bytes of a cnd_t. */
    public static final int BYTES = Conditions.BYTES;

    private Cnd() {
    }

    /** cnd_init. */
    public static int init(User user, long condition) {
        return Thrd.result(user.pthread().conditions().init(user, condition, 0));
    }

    /** cnd_destroy. */
    public static void destroy(User user, long condition) {
        user.pthread().conditions().destroy(user, condition);
    }

    /** cnd_wait; a cancellation point. */
    public static int await(User user, long condition, long mutex) {
        return Thrd.result(user.pthread().conditions().await(user, condition, mutex));
    }

    /** cnd_timedwait, until a time of the wall clock: also thrd_timedout; a cancellation point. */
    public static int timedAwait(User user, long condition, long mutex, long untilNanos) {
        return Thrd.result(user.pthread().conditions().awaitUntil(user, condition, mutex, untilNanos));
    }

    /** cnd_signal. */
    public static int signal(User user, long condition) {
        return Thrd.result(user.pthread().conditions().signal(user, condition));
    }

    /** cnd_broadcast. */
    public static int broadcast(User user, long condition) {
        return Thrd.result(user.pthread().conditions().broadcast(user, condition));
    }
}
