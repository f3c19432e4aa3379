// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;
import userland.program.User;
import userland.program.UserFunction;

/**
 * Cancellation and cleanup handlers (pthread.c, pthread_cancelstub.c).
 *
 * <p>Cancellation points are {@link #test}, the waits of {@link Conditions}, {@link Semaphores} and
 * {@link Threads#join}, and what is called through {@link #point}. As in the original, nothing interrupts a thread
 * that computes, whatever its type.
 */
@ProviderType
public interface Cancellation {
    /** State: requests are acted upon. The default. */
    int ENABLE = 0;
    /** State: requests are kept for later. */
    int DISABLE = 1;
    /** Type: at cancellation points. The default. */
    int DEFERRED = 0;
    /** Type: also as soon as the library notices. */
    int ASYNCHRONOUS = 1;
    /** Exit value of a cancelled thread. */
    long CANCELED = 1;

    /** Asks a thread to end: 0, ESRCH. */
    int cancel(User user, long thread);

    /** Sets the state: 0 or EINVAL; stores the one before at {@code old} unless that is 0. */
    int setState(User user, int state, long old);

    /** Sets the type: 0 or EINVAL; stores the one before at {@code old} unless that is 0. */
    int setType(User user, int type, long old);

    /** Ends the calling thread if it was asked to. */
    void test(User user);

    /** Makes a system call that is a cancellation point, as {@link User#syscall}. */
    long point(User user, String call, long... arguments);

    /** Puts a handler on the stack of those that exit and cancellation run, newest first. */
    void push(User user, UserFunction handler, long argument);

    /** Takes the newest handler off, and runs it if asked to. */
    void pop(User user, boolean execute);
}
