// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;
import userland.program.User;

/** Semaphores (sem.c). {@link #post} may be called from a signal handler. */
@ProviderType
public interface Semaphores {
    /** Bytes of an unnamed semaphore. */
    int BYTES = 32;
    /** SEM_VALUE_MAX. */
    int VALUE_MAX = Integer.MAX_VALUE;
    /** Most characters of a name. */
    int NAME_MAX = 14;
    /** O_CREAT for {@link #open}. */
    int CREATE = 0x200;
    /** O_EXCL for {@link #open}. */
    int EXCLUSIVE = 0x800;

    /** Initialises a semaphore: 0, EINVAL when the value is negative. */
    int init(User user, long semaphore, int value);

    /** Ends the use of a semaphore: 0, EBUSY when somebody waits, EINVAL when it is none, or a named one. */
    int destroy(User user, long semaphore);

    /** Decrements, waiting while it is 0. A cancellation point: 0, EINVAL, EINTR after a signal handler. */
    default int await(User user, long semaphore) {
        return awaitUntil(user, semaphore, Pthread.FOREVER);
    }

    /** Decrements when it is above 0: 0, EAGAIN, EINVAL. */
    int tryWait(User user, long semaphore);

    /** As {@link #await}, until a time of the wall clock: also ETIMEDOUT. */
    int awaitUntil(User user, long semaphore, long untilNanos);

    /** Increments and wakes a waiter: 0, EOVERFLOW, EINVAL. */
    int post(User user, long semaphore);

    /** The value, or a negative error number. */
    int getValue(User user, long semaphore);

    /**
     * Opens a named semaphore, making it if asked to. Names belong to the process and, as copies, to its children.
     *
     * @param name a slash and up to {@value #NAME_MAX} in all
     * @param flags {@link #CREATE}, {@link #EXCLUSIVE}
     * @return its address, or a negative error number: ENOENT, EEXIST, EINVAL, ENAMETOOLONG
     */
    long open(User user, String name, int flags, int value);

    /** Closes a named semaphore: 0, EINVAL when it is not an open one. */
    int close(User user, long semaphore);

    /** Removes a name; the semaphore lives until it is closed as often as it was opened: 0, ENOENT. */
    int unlink(User user, String name);
}
