// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The thread library of one process.
 *
 * <p>Synchronisation objects are addresses of user memory; zeroed memory is a statically initialised mutex, condition,
 * read-write lock or once control. All state is in user memory, so a forked child has a copy of it. Every method takes
 * the {@link userland.program.User} of the LWP that calls it, and returns 0 or an error number like its C namesake
 * unless it says otherwise.
 *
 * <p>Absolute times are nanoseconds of the clock named there; {@link #FOREVER} is no limit and a negative one is EINVAL,
 * as nanoseconds out of range are in C. Both generations work under every revision of the LWP calls and across swaps.
 */
@ProviderType
public interface Pthread {
    /** No deadline. */
    long FOREVER = Long.MAX_VALUE;

    /** Which library it is. */
    Generation generation();

    /** Creating and ending threads. */
    Threads threads();

    /** Mutexes. */
    Mutexes mutexes();

    /** Condition variables. */
    Conditions conditions();

    /** Read-write locks. */
    Rwlocks rwlocks();

    /** Barriers. */
    Barriers barriers();

    /** Semaphores. */
    Semaphores semaphores();

    /** Thread-specific data. */
    Keys keys();

    /** Cancellation and cleanup handlers. */
    Cancellation cancellation();
}
