// SPDX-License-Identifier: BSD-2-Clause
package userland.c11;

import userland.program.User;
import userland.pthread.Mutexes;

/** Mutexes ({@code mtx_*}). */
public final class Mtx {
    /** Bytes of an mtx_t. */
    public static final int BYTES = Mutexes.BYTES;
    /** mtx_plain: no time limits. */
    public static final int PLAIN = 1;
    /** mtx_recursive: with one of the others, may be locked again by its owner. */
    public static final int RECURSIVE = 2;
    /** mtx_timed: takes {@link #timedLock}. */
    public static final int TIMED = 4;

    private Mtx() {
    }

    /** mtx_init: thrd_error for anything but plain or timed, each with or without recursive. */
    public static int init(User user, long mutex, int type) {
        int base = type & ~RECURSIVE;
        if (base != PLAIN && base != TIMED) {
            return Thrd.ERROR;
        }
        Mutexes mutexes = user.pthread().mutexes();
        long attributes = 0;
        if ((type & RECURSIVE) != 0) {
            attributes = user.allocate(Mutexes.ATTR_BYTES);
            mutexes.attrInit(user, attributes);
            mutexes.attrSetType(user, attributes, Mutexes.RECURSIVE);
        }
        return Thrd.result(mutexes.init(user, mutex, attributes));
    }

    /** mtx_destroy. */
    public static void destroy(User user, long mutex) {
        user.pthread().mutexes().destroy(user, mutex);
    }

    /** mtx_lock. */
    public static int lock(User user, long mutex) {
        return Thrd.result(user.pthread().mutexes().lock(user, mutex));
    }

    /** mtx_timedlock, until a time of the wall clock: also thrd_timedout. The 2009 library has none: thrd_error. */
    public static int timedLock(User user, long mutex, long untilNanos) {
        return Thrd.result(user.pthread().mutexes().timedLock(user, mutex, untilNanos));
    }

    /** mtx_trylock: also thrd_busy. */
    public static int tryLock(User user, long mutex) {
        return Thrd.result(user.pthread().mutexes().tryLock(user, mutex));
    }

    /** mtx_unlock. */
    public static int unlock(User user, long mutex) {
        return Thrd.result(user.pthread().mutexes().unlock(user, mutex));
    }
}
