// SPDX-License-Identifier: BSD-2-Clause
package userland.c11;

import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Keys;

/** Thread-specific storage ({@code tss_*}). */
public final class Tss {
    /** TSS_DTOR_ITERATIONS. */
    public static final int DTOR_ITERATIONS = Keys.DESTRUCTOR_ITERATIONS;

    private Tss() {
    }

    /**
     * tss_create.
     *
     * @param key where to store the key, 32 bits
     * @param destructor called with each value that is not 0 when its thread exits; or null
     */
    public static int create(User user, long key, UserFunction destructor) {
        int made = user.pthread().keys().create(user, destructor);
        if (made < 0) {
            return Thrd.ERROR;
        }
        user.store32(key, made);
        return Thrd.SUCCESS;
    }

    /** tss_delete; calls no destructor. */
    public static void delete(User user, int key) {
        user.pthread().keys().delete(user, key);
    }

    /** tss_get: the calling thread's value, at first 0. */
    public static long get(User user, int key) {
        return user.pthread().keys().get(user, key);
    }

    /** tss_set. */
    public static int set(User user, int key, long value) {
        return Thrd.result(user.pthread().keys().set(user, key, value));
    }
}
