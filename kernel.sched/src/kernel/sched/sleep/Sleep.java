// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.sleep;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.Events;
import kernel.sched.errno.Errno;
import kernel.sched.lock.LockOrder;
import kernel.sched.lock.SpinMutex;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sleeping and waking, after kern_sleepq.c 1.50 and 1.71 and kern_synch.c.
 *
 * <p>The primitive is: take the lock of the queue (or {@link #lockWithoutQueue}), test what you wait for,
 * {@link #enqueue}, {@link #block}. Nothing interleaves from taking the lock to the end of the switch, so no wake-up
 * is lost between. {@link #tsleep}, {@link #kpause} and the condition variables are built from it.
 */
@ProviderType
public final class Sleep {
    /** Wait channel that is woken once a second (lbolt). */
    public static final long LBOLT = 0xffff_8000_0000_1000L;
    /** Wake all. */
    public static final int ALL = Integer.MAX_VALUE;

    private final Dispatcher dispatcher;
    private final SleepTable table;
    /** Held from {@link #enqueue} to {@link #block}; nothing interleaves between. */
    private SpinMutex held;
    private LockOrder lockOrder;
    private boolean timeoutBeatsWake;
    private boolean transferDropsFlags;

    /** Makes the sleep machinery of a kernel, with its table for waits on channels. */
    public Sleep(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        this.table = new SleepTable(dispatcher, "sleepq");
    }

    /**
     * Says that a sleeper takes a wake-up for a timeout when its callout fired before it was disarmed, as in 2009.
     *
     * <p>Off at first; a documented defect that the LWP revision brings along.
     */
    public void setTimeoutBeatsWake(boolean beats) {
        timeoutBeatsWake = beats;
    }

    /** Says that {@link #transfer} loses the flags of the process layer, a documented defect; off at first. */
    public void setTransferDropsFlags(boolean drops) {
        transferDropsFlags = drops;
    }

    /** Begins to check the order in which kernel locks are taken, or ends it; at a safe point. */
    public void watchLocks(boolean on) {
        lockOrder = on ? new LockOrder() : null;
    }

    /** The check of the order of locks, or null while it is off. */
    public LockOrder lockOrder() {
        return lockOrder;
    }

    /** The dispatcher of the kernel. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** The general table of waits on channels. */
    public SleepTable table() {
        return table;
    }

    /** Wakes all that sleep on {@link #LBOLT}; for the statistics, each second. */
    public void lightningBolt() {
        if (!table.lookup(LBOLT).isEmpty()) {
            wakeup(LBOLT);
        }
    }

    /** Takes the lock that a sleep without a queue needs: the lwp lock of the current CPU. */
    public SpinMutex lockWithoutQueue() {
        SpinMutex lock = dispatcher.lwpLock(dispatcher.here());
        lock.enter();
        return lock;
    }

    /** Takes the lock that protects a task in its present state, wherever that is; release it when done. */
    public SpinMutex lock(Task task) {
        while (true) {
            SpinMutex lock = lockOf(task);
            lock.enter();
            if (lock == lockOf(task)) {
                return lock;
            }
            lock.exit();
        }
    }

    /** Which lock protects a task now: of its sleep queue, its run queue, or its CPU. */
    public SpinMutex lockOf(Task task) {
        return switch (task.state()) {
            case LSRUN -> dispatcher.queueLock(task.cpu());
            case LSSLEEP, LSSTOP -> task.sleepQueue() instanceof SleepQueue queue
                    ? queue.lock() : dispatcher.lwpLock(task.cpu());
            default -> dispatcher.lwpLock(task.cpu());
        };
    }

    /**
     * Puts the current task to sleep on {@code queue}, without switching yet (sleepq_enqueue).
     *
     * <p>The lock of the queue is held, or {@link #lockWithoutQueue} for null. {@link #block} follows.
     *
     * @param queue where to sleep; null exactly for sync objects of order NULL
     * @param channel what for; not 0
     * @param message short reason
     * @param interruptible whether signals and cancellation may end the sleep
     */
    public void enqueue(SleepQueue queue, long channel, String message, SyncObject object, boolean interruptible) {
        Task self = dispatcher.currentTask();
        if (self.state() != TaskState.LSONPROC || channel == 0) {
            throw new KernelPanic("sleep rule: task " + self + " is " + self.state() + " and sleeps on channel "
                    + channel);
        }
        held = queue == null ? dispatcher.lwpLock(self.cpu()) : queue.lock();
        if (!held.held()) {
            throw new KernelPanic("sleep rule: task " + self + " sleeps without the lock of the queue");
        }
        self.setSyncObject(object);
        self.setWaitChannel(channel);
        self.setWaitMessage(message);
        self.setSleepQueue(queue);
        self.setSleepSeconds(0);
        self.setSleepingSinceNanos(dispatcher.engine().nowNanos());
        self.setWakeAtTick(-1);
        self.become(TaskState.LSSLEEP);
        self.setInterruptible(interruptible);
        if (queue != null) {
            queue.insert(self, object.order());
        }
        self.setLastSleepTick(dispatcher.tick());
        dispatcher.engine().events().log(Events.BLOCK, self.pid(), self.lid(), channel);
        dispatcher.slept(self);
    }

    /**
     * Sleeps until woken and releases the lock that {@link #enqueue} needed (sleepq_block).
     *
     * @param ticks timeout; 0 for none
     * @param catchSignals the same as given to {@link #enqueue}
     * @return 0, EWOULDBLOCK after the timeout, or EINTR or ERESTART
     */
    public int block(int ticks, boolean catchSignals) {
        Task self = dispatcher.currentTask();
        SpinMutex lock = held;
        self.setTimedOut(false);
        int early = catchSignals ? self.beforeSleep() : Task.SLEEP;
        int error = Math.max(early, 0);
        if (early != Task.SLEEP) {
            if (self.waitChannel() != 0) {
                dispatcher.endSleep(self);
            }
            lock.exit();
        } else if (ticks <= 0) {
            dispatcher.miSwitch(lock);
        } else {
            error = sleepFor(ticks, self, lock);
        }
        if (catchSignals && error == 0) {
            error = self.afterSleep();
        }
        return error;
    }

    private int sleepFor(int ticks, Task self, SpinMutex lock) {
        SleepTimer timer = timerOf(self);
        timer.schedule(ticks);
        self.setWakeAtTick(timer.tick());
        dispatcher.miSwitch(lock);
        boolean fired = timer.halt();
        self.setWakeAtTick(-1);
        boolean timedOut = timeoutBeatsWake ? fired : self.timedOut();
        return timedOut ? Errno.EWOULDBLOCK : Errno.OK;
    }

    private SleepTimer timerOf(Task self) {
        if (self.sleepTimer() == null) {
            self.setSleepTimer(new SleepTimer(dispatcher, self));
        }
        return (SleepTimer) self.sleepTimer();
    }

    /** Wakes up to {@code count} sleepers of a channel in queue order; the lock is held. Returns how many (sleepq_wake). */
    public int wake(SleepQueue queue, long channel, int count) {
        int woken = 0;
        Task task = queue.head();
        while (task != null && woken < count) {
            Task next = task.sleepNext;
            if (task.waitChannel() == channel) {
                dispatcher.endSleep(task);
                woken++;
            }
            task = next;
        }
        return woken;
    }

    /** Wakes one task, whatever it sleeps on; its lock is held (sleepq_remove on a chosen task). */
    public void wake(Task task) {
        dispatcher.endSleep(task);
    }

    /**
     * Moves a sleeper to another queue without waking it (sleepq_transfer of kern_sleepq.c 1.71).
     *
     * <p>The locks of both queues are held, or that of the task's CPU where there is no queue.
     *
     * @param to where it sleeps from now on; null exactly for sync objects of order NULL
     * @param channel what it waits for from now on; not 0
     * @param interruptible whether signals and cancellation may end the rest of the sleep
     */
    public void transfer(Task task, SleepQueue to, long channel, String message, SyncObject object,
            boolean interruptible) {
        if (task.waitChannel() == 0 || channel == 0 || (to == null) != (object.order() == SyncObject.Order.NULL)) {
            throw new KernelPanic("sleep rule: task " + task + " cannot be moved to channel " + channel + " of "
                    + object);
        }
        if (task.sleepQueue() != null) {
            task.sleepQueue().remove(task);
        }
        task.setSyncObject(object);
        task.setWaitChannel(channel);
        task.setWaitMessage(message);
        task.setSleepQueue(to);
        task.setInterruptible(interruptible);
        if (to != null) {
            to.insert(task, object.order());
        }
        if (transferDropsFlags) {
            task.dropFlags();
        }
    }

    /** Sleeps on a channel with the kernel boost, in the general table (tsleep). In a task. */
    public int tsleep(long channel, String message, int ticks, boolean catchSignals) {
        SleepQueue queue = table.lookup(channel);
        queue.lock().enter();
        dispatcher.currentTask().setKernelPriority(true);
        enqueue(queue, channel, message, SyncObject.SLEEP, catchSignals);
        return block(ticks, catchSignals);
    }

    /** Wakes all who tsleep on a channel (wakeup). */
    public void wakeup(long channel) {
        SleepQueue queue = table.lookup(channel);
        queue.lock().enter();
        wake(queue, channel, ALL);
        queue.lock().exit();
    }

    /** Sleeps for a number of ticks on nothing (kpause); 0 after the full time. In a task. */
    public int kpause(String message, int ticks, boolean catchSignals) {
        if (ticks <= 0) {
            return Errno.EINVAL;
        }
        lockWithoutQueue();
        Task self = dispatcher.currentTask();
        self.setKernelPriority(true);
        enqueue(null, self.serial() + 1, message, SyncObject.KPAUSE, catchSignals);
        int error = block(ticks, catchSignals);
        return error == Errno.EWOULDBLOCK ? Errno.OK : error;
    }
}
