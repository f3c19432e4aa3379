// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.sleep;

import java.util.function.Consumer;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.lock.SpinMutex;
import kernel.sched.task.Task;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Hash table of 128 sleep queues, each with a lock of its own, after sleeptab_t.
 *
 * <p>The kernel has one for waits on channels; the 2009 LWP revision has another for parked LWPs.
 */
@ProviderType
public final class SleepTable {
    private static final int BUCKETS = 128;

    private final SleepQueue[] queues = new SleepQueue[BUCKETS];

    /** Makes an empty table; {@code name} appears in lock statistics. */
    public SleepTable(Dispatcher dispatcher, String name) {
        for (int i = 0; i < BUCKETS; i++) {
            queues[i] = new SleepQueue(dispatcher, new SpinMutex(dispatcher, name + i));
        }
    }

    /** The queue of a wait channel. */
    public SleepQueue lookup(long channel) {
        return queues[index(channel)];
    }

    /** Which queue a wait channel hashes to. */
    public static int index(long channel) {
        return (int) (channel >> 8) & BUCKETS - 1;
    }

    /** The queue with an index, 0 to 127. */
    public SleepQueue queue(int index) {
        return queues[index];
    }

    /** Number of queues. */
    public int size() {
        return BUCKETS;
    }

    /** Shows all sleepers, bucket by bucket. */
    public void forEach(Consumer<Task> visitor) {
        for (SleepQueue queue : queues) {
            queue.forEach(visitor);
        }
    }
}
