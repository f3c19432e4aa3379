// SPDX-License-Identifier: BSD-2-Clause
package userland.c11;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.program.UserFunction;

/** Threads ({@code thrd_*}), and what every function of C11 threads returns. */
public final class Thrd {
    /** thrd_success. */
    public static final int SUCCESS = 0;
    /** thrd_timedout: the time has come. */
    public static final int TIMEDOUT = -1;
    /** thrd_busy: somebody else has it. */
    public static final int BUSY = 1;
    /** thrd_error. */
    public static final int ERROR = 2;
    /** thrd_nomem: no memory is left. */
    public static final int NOMEM = 3;

    private Thrd() {
    }

    /** What a POSIX error number is in C11. */
    static int result(int error) {
        return switch (error) {
            case 0 -> SUCCESS;
            case Errno.ETIMEDOUT -> TIMEDOUT;
            case Errno.EBUSY -> BUSY;
            case Errno.ENOMEM -> NOMEM;
            default -> ERROR;
        };
    }

    /**
     * thrd_create.
     *
     * @param thread where to store the thread, 64 bits
     * @param function what it executes; its result is what it passes to {@link #exit}, 0 when it returns
     */
    public static int create(User user, long thread, UserFunction function, long argument) {
        long made = user.pthread().threads().create(user, function, argument);
        if (made < 0) {
            return made == -Errno.EAGAIN ? NOMEM : ERROR;
        }
        user.store64(thread, made);
        return SUCCESS;
    }

    /** thrd_current. */
    public static long current(User user) {
        return user.pthread().threads().self(user);
    }

    /** thrd_equal. */
    public static boolean equal(User user, long one, long other) {
        return user.pthread().threads().equal(one, other);
    }

    /** thrd_detach. */
    public static int detach(User user, long thread) {
        return result(user.pthread().threads().detach(user, thread));
    }

    /** thrd_exit; does not return. */
    public static void exit(User user, int result) {
        user.pthread().threads().exit(user, result);
    }

    /**
     * thrd_join.
     *
     * @param result where to store the result, 64 bits; or 0
     */
    public static int join(User user, long thread, long result) {
        return result(user.pthread().threads().join(user, thread, result));
    }

    /**
     * thrd_sleep; a cancellation point.
     *
     * @param duration address of a {@code struct timespec}
     * @param remaining address of another that gets what is left, or 0
     * @return 0, -1 when a signal handler ran, -2 for a time that is none
     */
    public static int sleep(User user, long duration, long remaining) {
        if (user.pthread().cancellation().point(user, "__nanosleep50", duration, remaining) == 0) {
            return 0;
        }
        return user.errno() == Errno.EINTR ? -1 : -2;
    }

    /** thrd_yield. */
    public static void yield(User user) {
        user.yield();
    }
}
