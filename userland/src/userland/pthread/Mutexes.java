// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;
import userland.program.User;

/** Mutexes (pthread_mutex.c). */
@ProviderType
public interface Mutexes {
    /** Bytes of a mutex. */
    int BYTES = 32;
    /** Bytes of a mutex attributes object. */
    int ATTR_BYTES = 16;
    /** Type: locking it again waits for ever; unlocking another thread's is EPERM. The default. */
    int NORMAL = 0;
    /** Type: locking it again is EDEADLK. */
    int ERRORCHECK = 1;
    /** Type: counts how often its owner locked it. */
    int RECURSIVE = 2;
    /** Protocol: the owner keeps its priority. The default. */
    int PRIO_NONE = 0;
    /** Protocol: the owner runs at the ceiling at least. Not in the 2009 library. */
    int PRIO_PROTECT = 2;

    /**
     * Initialises a mutex.
     *
     * @param attributes address of an initialised attributes object, or 0
     */
    int init(User user, long mutex, long attributes);

    /** Ends the use of a mutex: 0, EBUSY when it is locked, EINVAL when it was destroyed before. */
    int destroy(User user, long mutex);

    /** Locks: 0, EDEADLK, EAGAIN when a recursive one overflows, EPERM when the caller's priority is above the ceiling. */
    int lock(User user, long mutex);

    /** Locks when free: 0, EBUSY, EAGAIN. */
    int tryLock(User user, long mutex);

    /**
     * Locks, unless that takes until {@code untilNanos} of the wall clock. Not in the 2009 library.
     *
     * @return 0, ETIMEDOUT, EDEADLK, EAGAIN, EINVAL; ENOSYS in the 2009 library
     */
    int timedLock(User user, long mutex, long untilNanos);

    /** Unlocks: 0, EPERM when the caller does not own it. */
    int unlock(User user, long mutex);

    /** The priority ceiling of a mutex. */
    int getPriorityCeiling(User user, long mutex);

    /** Initialises an attributes object: 0. */
    int attrInit(User user, long attributes);

    /** Ends the use of an attributes object: 0, EINVAL when it was not initialised. */
    int attrDestroy(User user, long attributes);

    /** Sets the type: 0, EINVAL. */
    int attrSetType(User user, long attributes, int type);

    /** The type. */
    int attrGetType(User user, long attributes);

    /** Sets the protocol: 0, EINVAL, ENOTSUP for priority inheritance; ENOSYS in the 2009 library. */
    int attrSetProtocol(User user, long attributes, int protocol);

    /** The protocol. */
    int attrGetProtocol(User user, long attributes);

    /** Sets the priority ceiling: 0, EINVAL; ENOSYS in the 2009 library. */
    int attrSetPriorityCeiling(User user, long attributes, int ceiling);

    /** The priority ceiling. */
    int attrGetPriorityCeiling(User user, long attributes);
}
