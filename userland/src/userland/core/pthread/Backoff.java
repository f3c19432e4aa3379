// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import userland.program.User;

/**
 * What a thread does between two looks at something that another thread is about to change.
 *
 * <p>DEVIATION: the original goes on with pauses or yields. Where the other thread has a lower priority and lost its CPU,
 * that never ends, so the waiting thread sleeps a little after some yields.
 */
final class Backoff {
    private static final int PAUSES = 16;
    private static final int YIELDS = 8;
    private static final long PAUSE_NANOS = 100;
    private static final long SLEEP_NANOS = 1_000;

    private Backoff() {
    }

    /** @param round how often the caller has looked in vain */
    static void pause(User user, int round) {
        if (round < PAUSES) {
            user.compute(PAUSE_NANOS);
        } else if (round < PAUSES + YIELDS) {
            user.yield();
        } else {
            user.sleepUntil(user.monotonicNanos() + SLEEP_NANOS);
        }
    }
}
