// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.SLEEP_NEXT;
import static userland.core.pthread.Descriptor.SLEEP_OBJECT;
import static userland.core.pthread.Descriptor.SLEEP_PREVIOUS;

import userland.program.User;

/** Queues of thread descriptors (pthread_queue.h): first and last at an address, changed with an interlock held. */
final class SleepQueue {
    static final int BYTES = 16;
    private static final int LAST = 8;

    private SleepQueue() {
    }

    static long first(User user, long queue) {
        return user.load64(queue);
    }

    static long next(User user, long thread) {
        return user.load64(thread + SLEEP_NEXT);
    }

    static boolean empty(User user, long queue) {
        return first(user, queue) == 0;
    }

    /** Puts a thread at the end and marks it as sleeping there. */
    static void append(User user, long queue, long thread) {
        long last = user.load64(queue + LAST);
        user.store64(thread + SLEEP_NEXT, 0);
        user.store64(thread + SLEEP_PREVIOUS, last);
        user.store64(last == 0 ? queue : last + SLEEP_NEXT, thread);
        user.store64(queue + LAST, thread);
        user.store64(thread + SLEEP_OBJECT, queue);
    }

    /** Takes a thread off; it is not marked as awake. */
    static void remove(User user, long queue, long thread) {
        long next = user.load64(thread + SLEEP_NEXT);
        long previous = user.load64(thread + SLEEP_PREVIOUS);
        user.store64(previous == 0 ? queue : previous + SLEEP_NEXT, next);
        user.store64(next == 0 ? queue + LAST : next + SLEEP_PREVIOUS, previous);
    }

    /** Empties a queue and returns its first thread, or 0. */
    static long takeAll(User user, long queue) {
        long first = first(user, queue);
        user.store64(queue, 0);
        user.store64(queue + LAST, 0);
        return first;
    }
}
