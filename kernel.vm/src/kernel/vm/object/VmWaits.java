// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.util.function.BooleanSupplier;
import kernel.sched.sleep.Sleep;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import machine.core.engine.Engine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sleeping for pages, transfers and memory.
 *
 * <p>Waking neither blocks nor interleaves, so it may be done anywhere. Who is no task, as at a safe point, cannot
 * sleep; the callers then do at once what they would have waited for.
 */
@ProviderType
public final class VmWaits {
    /** Where the kernel keeps its {@code struct vm_page}: a wait channel for each frame. */
    private static final long PAGES = 0xffff_a000_0000_0000L;
    private static final long OTHERS = 0xffff_a800_0000_0000L;
    private static final int STRIDE_SHIFT = 8;

    private final Engine engine;
    private final Sleep sleep;
    private long channels;

    VmWaits(Engine engine, Sleep sleep) {
        this.engine = engine;
        this.sleep = sleep;
    }

    /** Whether the caller is a task that may sleep. */
    public boolean canSleep() {
        return engine.current() != null && sleep.dispatcher().currentTask().context() != null;
    }

    /** A new wait channel. */
    public long newChannel() {
        return OTHERS + (channels++ << STRIDE_SHIFT);
    }

    long channelOf(int frame) {
        return PAGES + ((long) frame << STRIDE_SHIFT);
    }

    /**
     * Sleeps as long as a condition holds, woken by {@link #wake}. In a task; locks that are held stay held.
     *
     * @param message short reason, as {@code ps} shows it
     */
    public void await(long channel, String message, BooleanSupplier condition) {
        while (sleepOnce(channel, message, 0, condition)) {
            // Somebody else's wake-up, or the condition holds again.
        }
    }

    /**
     * Sleeps once, unless the condition does not hold.
     *
     * @param ticks of the clock at most; 0 for no limit
     * @return whether it slept
     */
    public boolean sleepOnce(long channel, String message, int ticks, BooleanSupplier condition) {
        SleepQueue queue = sleep.table().lookup(channel);
        queue.lock().enter();
        if (!condition.getAsBoolean()) {
            queue.lock().exit();
            return false;
        }
        Task self = sleep.dispatcher().currentTask();
        self.setKernelPriority(true);
        sleep.enqueue(queue, channel, message, SyncObject.SLEEP, false);
        sleep.block(ticks, false);
        return true;
    }

    /**
     * Sleeps once until woken or until a signal comes, unless the condition does not hold. Without locks that others need.
     *
     * @return 0, EINTR or ERESTART
     */
    public int sleepInterruptibly(long channel, String message, BooleanSupplier condition) {
        SleepQueue queue = sleep.table().lookup(channel);
        queue.lock().enter();
        if (!condition.getAsBoolean()) {
            queue.lock().exit();
            return 0;
        }
        sleep.dispatcher().currentTask().setKernelPriority(true);
        sleep.enqueue(queue, channel, message, SyncObject.SLEEP, true);
        return sleep.block(0, true);
    }

    /** Wakes all who sleep on a channel. */
    public void wake(long channel) {
        SleepQueue queue = sleep.table().lookup(channel);
        queue.lock().enterNow();
        sleep.wake(queue, channel, Sleep.ALL);
        queue.lock().exit();
    }
}
