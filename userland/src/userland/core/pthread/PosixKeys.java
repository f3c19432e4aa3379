// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.KEYS_USED;
import static userland.core.pthread.Descriptor.SPECIFIC;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Keys;

/**
 * Thread-specific data (pthread_tsd.c 1.8).
 *
 * <p>A key and each value carry a number that changes when the key is made or deleted, so that what was set for an older
 * key of the same name counts as 0.
 */
final class PosixKeys implements Keys {
    static final int VALUE_BYTES = 16;
    private static final int VALUE_NUMBER = 8;

    private final Library library;

    PosixKeys(Library library) {
        this.library = library;
    }

    @Override
    public int create(User user, UserFunction destructor) {
        lock(user);
        int result = -Errno.EAGAIN;
        for (int key = 0; key < MAX && result < 0; key++) {
            long entry = entry(user, key);
            if (!exists(user, entry)) {
                user.store64(entry, destructor == null ? 0 : user.functionAddress(destructor));
                nextNumber(user, entry);
                result = key;
            }
        }
        unlock(user);
        return result;
    }

    @Override
    public int delete(User user, int key) {
        lock(user);
        boolean known = known(user, key);
        if (known) {
            nextNumber(user, entry(user, key));
        }
        unlock(user);
        return known ? 0 : Errno.EINVAL;
    }

    @Override
    public int set(User user, int key, long value) {
        if (!known(user, key)) {
            return Errno.EINVAL;
        }
        long self = library.self(user);
        long values = user.load64(self + SPECIFIC);
        if (values == 0) {
            values = user.allocate((long) MAX * VALUE_BYTES);
            if (values == 0) {
                return Errno.ENOMEM;
            }
            user.store64(self + SPECIFIC, values);
        }
        long place = values + (long) key * VALUE_BYTES;
        user.store64(place, value);
        user.store32(place + VALUE_NUMBER, number(user, entry(user, key)));
        if (user.load32(self + KEYS_USED) <= key) {
            user.store32(self + KEYS_USED, key + 1);
        }
        return 0;
    }

    @Override
    public long get(User user, int key) {
        if (!known(user, key)) {
            return 0;
        }
        long self = library.self(user);
        return key < user.load32(self + KEYS_USED) ? value(user, self, key) : 0;
    }

    private long value(User user, long self, int key) {
        long place = user.load64(self + SPECIFIC) + (long) key * VALUE_BYTES;
        int number = number(user, entry(user, key));
        return user.load32(place + VALUE_NUMBER) == number ? user.load64(place) : 0;
    }

    /** Calls the destructors of an exiting thread and forgets its values (pthread__destroy_tsd). */
    void destroy(User user, long self) {
        boolean again = true;
        for (int round = 0; round < DESTRUCTOR_ITERATIONS && again; round++) {
            again = false;
            for (int key = 0; key < user.load32(self + KEYS_USED); key++) {
                again |= destroy(user, self, key);
            }
        }
        for (int key = 0; key < user.load32(self + KEYS_USED); key++) {
            user.store64(user.load64(self + SPECIFIC) + (long) key * VALUE_BYTES, 0);
        }
        user.store32(self + KEYS_USED, 0);
    }

    private boolean destroy(User user, long self, int key) {
        long entry = entry(user, key);
        long value = exists(user, entry) ? value(user, self, key) : 0;
        long destructor = user.load64(entry);
        if (value == 0 || destructor == 0) {
            return false;
        }
        user.store64(user.load64(self + SPECIFIC) + (long) key * VALUE_BYTES, 0);
        library.function(destructor).call(user, value);
        return true;
    }

    private boolean known(User user, int key) {
        return key >= 0 && key < MAX && exists(user, entry(user, key));
    }

    private static boolean exists(User user, long entry) {
        return (number(user, entry) & 1) != 0;
    }

    private static int number(User user, long entry) {
        return user.load32(entry + LibraryData.KEY_NUMBER);
    }

    private static void nextNumber(User user, long entry) {
        user.store32(entry + LibraryData.KEY_NUMBER, number(user, entry) + 1);
    }

    private long entry(User user, int key) {
        return library.data(user) + LibraryData.KEYS + (long) key * LibraryData.KEY_BYTES;
    }

    private void lock(User user) {
        library.mutexes().lock(user, library.data(user) + LibraryData.KEYS_LOCK);
    }

    private void unlock(User user) {
        library.mutexes().unlock(user, library.data(user) + LibraryData.KEYS_LOCK);
    }
}
