// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import userland.pthread.Keys;
import userland.pthread.Mutexes;

/** Offsets in the library's own data in user memory: what is in its .bss in the original. */
final class LibraryData {
    /** Most ids for one unpark_all: what the kernel takes, and no more than {@link Descriptor#WAITERS_MAX}. */
    static final int UNPARK_MAX = 0;
    /** Oldest and newest dead thread, and the mutex that protects them (pthread__deadqueue). */
    static final int DEAD_OLDEST = 8;
    static final int DEAD_NEWEST = 16;
    static final int DEAD_LOCK = 24;
    /** Protects the keys (tsd_mutex). */
    static final int KEYS_LOCK = DEAD_LOCK + Mutexes.BYTES;
    /** Newest named semaphore, and the mutex that protects the list. */
    static final int NAMED_LOCK = KEYS_LOCK + Mutexes.BYTES;
    static final int NAMED_FIRST = NAMED_LOCK + Mutexes.BYTES;
    /** Chains of all descriptors, by address (pthread__alltree). */
    static final int THREAD_TABLE = NAMED_FIRST + 8;
    static final int TABLE_SIZE = 64;
    /** Interlocks of synchronisation objects, by address (hashlocks). */
    static final int HASH_LOCKS = THREAD_TABLE + 8 * TABLE_SIZE;
    static final int HASH_LOCK_COUNT = 64;
    /** Keys: destructor's address, and a number that is odd while the key exists (pthread__tsd_destructors). */
    static final int KEYS = HASH_LOCKS + HASH_LOCK_COUNT * Mutexes.BYTES;
    static final int KEY_BYTES = 16;
    static final int KEY_NUMBER = 8;
    static final int BYTES = KEYS + Keys.MAX * KEY_BYTES;

    private LibraryData() {
    }
}
