// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;
import userland.program.User;
import userland.program.UserFunction;

/** Thread-specific data (pthread_tsd.c). */
@ProviderType
public interface Keys {
    /** PTHREAD_KEYS_MAX. */
    int MAX = 256;
    /** PTHREAD_DESTRUCTOR_ITERATIONS: how often destructors run when they keep setting values. */
    int DESTRUCTOR_ITERATIONS = 4;

    /**
     * Makes a key; every thread's value is 0.
     *
     * @param destructor called with each value that is not 0 when its thread exits; or null
     * @return the key, or a negative error number: EAGAIN when all are in use
     */
    int create(User user, UserFunction destructor);

    /** Frees a key; no destructor is called: 0, EINVAL. */
    int delete(User user, int key);

    /** Sets the calling thread's value: 0, EINVAL, ENOMEM. */
    int set(User user, int key, long value);

    /** The calling thread's value; 0 also when there is no such key. */
    long get(User user, int key);
}
