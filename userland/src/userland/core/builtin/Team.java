// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.program.UserFunction;

/** Threads of a program that begin and end together. */
final class Team {
    private Team() {
    }

    /** Starts {@code count} threads that get 0, 1, 2 ... as their argument, and waits for all of them. */
    static void run(User user, int count, UserFunction function) {
        long[] threads = new long[count];
        for (int i = 0; i < count; i++) {
            threads[i] = user.pthread().threads().create(user, function, i);
            if (threads[i] < 0) {
                throw new IllegalStateException("only " + i + " of " + count + " threads could be made: "
                        + Errno.text((int) -threads[i]) + "; give it more --memory");
            }
        }
        for (long thread : threads) {
            user.pthread().threads().join(user, thread);
        }
    }
}
