// SPDX-License-Identifier: BSD-2-Clause
package userland.core.builtin;

import org.osgi.service.component.annotations.Component;
import userland.program.Program;
import userland.program.User;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;
import userland.pthread.Threads;

/**
 * Producers and consumers around a bounded buffer, with one mutex and two conditions.
 *
 * <p>The consumers add up what they get; exit status 1 means that an item was lost or came twice.
 */
@Component
public final class ProducerConsumer implements Program {
    private static final int SLOTS = 8;
    private static final long WORK_NANOS = 5_000;

    @Override
    public String name() {
        return "prodcons";
    }

    @Override
    public String description() {
        return "producers and consumers share a buffer: prodcons [PRODUCERS=2] [CONSUMERS=3] [ITEMS=200 each]";
    }

    @Override
    public int main(User user, String[] args) {
        int producers = Arguments.positive(args, 0, 2, "producers");
        int consumers = Arguments.positive(args, 1, 3, "consumers");
        int items = Arguments.positive(args, 2, 200, "items");
        Buffer buffer = new Buffer(user);
        Threads threads = user.pthread().threads();
        long[] started = new long[producers + consumers];
        for (int i = 0; i < started.length; i++) {
            started[i] = i < producers
                    ? threads.create(user, (own, first) -> produce(own, buffer, first, items), (long) i * items)
                    : threads.create(user, (own, argument) -> consume(own, buffer), 0);
        }
        for (int i = 0; i < started.length; i++) {
            if (i == producers) {
                buffer.close(user);
            }
            threads.join(user, started[i]);
        }
        long total = (long) producers * items;
        return user.load64(buffer.sum) == total * (total - 1) / 2 ? 0 : 1;
    }

    private static void produce(User user, Buffer buffer, long first, int items) {
        for (long item = first; item < first + items; item++) {
            user.compute(WORK_NANOS);
            buffer.put(user, item);
        }
    }

    private static void consume(User user, Buffer buffer) {
        for (long item = buffer.take(user); item >= 0; item = buffer.take(user)) {
            user.fetchAdd64(buffer.sum, item);
            user.compute(WORK_NANOS);
        }
    }

    /** Addresses of the shared data; the data is in user memory. */
    private static final class Buffer {
        final long sum;
        private final long mutex;
        private final long notEmpty;
        private final long notFull;
        private final long slots;
        private final long count;
        private final long closed;

        Buffer(User user) {
            mutex = user.allocate(Mutexes.BYTES);
            notEmpty = user.allocate(Conditions.BYTES);
            notFull = user.allocate(Conditions.BYTES);
            slots = user.allocate(8 * SLOTS);
            count = user.allocate(8);
            closed = user.allocate(8);
            sum = user.allocate(8);
        }

        void put(User user, long item) {
            user.pthread().mutexes().lock(user, mutex);
            while (user.load32(count) == SLOTS) {
                user.pthread().conditions().await(user, notFull, mutex);
            }
            user.store64(slots + 8L * user.fetchAdd32(count, 1), item);
            user.pthread().conditions().signal(user, notEmpty);
            user.pthread().mutexes().unlock(user, mutex);
        }

        /** The newest item, or -1 when there is none and none will come. */
        long take(User user) {
            user.pthread().mutexes().lock(user, mutex);
            while (user.load32(count) == 0 && user.load32(closed) == 0) {
                user.pthread().conditions().await(user, notEmpty, mutex);
            }
            long item = -1;
            if (user.load32(count) > 0) {
                item = user.load64(slots + 8L * (user.fetchAdd32(count, -1) - 1));
                user.pthread().conditions().signal(user, notFull);
            }
            user.pthread().mutexes().unlock(user, mutex);
            return item;
        }

        void close(User user) {
            user.pthread().mutexes().lock(user, mutex);
            user.store32(closed, 1);
            user.pthread().conditions().broadcast(user, notEmpty);
            user.pthread().mutexes().unlock(user, mutex);
        }
    }
}
