// SPDX-License-Identifier: BSD-2-Clause
package userland.pthread;

import org.osgi.annotation.versioning.ProviderType;
import userland.program.User;

/** Barriers (pthread_barrier.c). */
@ProviderType
public interface Barriers {
    /** Bytes of a barrier. */
    int BYTES = 32;
    /** What {@link #await} returns to exactly one of the threads. */
    int SERIAL_THREAD = 1_234_567;

    /** Initialises a barrier for {@code count} threads: 0, EINVAL when it is not positive. */
    int init(User user, long barrier, int count);

    /** Ends the use of a barrier: 0, EBUSY when somebody waits, EINVAL when it was destroyed before. */
    int destroy(User user, long barrier);

    /** Waits until all have come: 0, or {@link #SERIAL_THREAD} for the last to come. Not a cancellation point. */
    int await(User user, long barrier);
}
