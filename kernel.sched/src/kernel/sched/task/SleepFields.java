// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import machine.core.engine.Timer;

/** The part of a task that belongs to the sleep queues; all setters are for the core. */
abstract class SleepFields extends ScheduledFields {
    private long waitChannel;
    private String waitMessage = "";
    private SyncObject syncObject = SyncObject.SCHED;
    private TaskQueue sleepQueue;
    private WaitObject waitObject;
    private boolean interruptible;
    private boolean timedOut;
    private boolean signalled;
    private long sleepingSinceNanos;
    private long wakeAtTick = -1;
    private Timer sleepTimer;

    /** Next in the sleep queue; for the sleep queues only. */
    public Task sleepNext;
    /** Previous in the sleep queue. */
    public Task sleepPrevious;

    /** Synthetic address of what the task waits for; 0 when it waits for nothing. */
    public final long waitChannel() {
        return waitChannel;
    }

    public final void setWaitChannel(long channel) {
        this.waitChannel = channel;
    }

    /** Short reason of the last sleep, for example {@code parked}; empty when none. */
    public final String waitMessage() {
        return waitMessage;
    }

    public final void setWaitMessage(String message) {
        this.waitMessage = message;
    }

    /** Kind of thing waited for; {@link SyncObject#SCHED} when not asleep. */
    public final SyncObject syncObject() {
        return syncObject;
    }

    public final void setSyncObject(SyncObject object) {
        this.syncObject = object;
    }

    /** The queue the task sleeps on; null when awake or asleep without a queue. */
    public final TaskQueue sleepQueue() {
        return sleepQueue;
    }

    public final void setSleepQueue(TaskQueue queue) {
        this.sleepQueue = queue;
    }

    /** The owned object the task is blocked on, or null. */
    public final WaitObject waitObject() {
        return waitObject;
    }

    public final void setWaitObject(WaitObject object) {
        this.waitObject = object;
    }

    /** True while asleep in a way that signals and cancellation may end (LW_SINTR). */
    public final boolean interruptible() {
        return interruptible;
    }

    public final void setInterruptible(boolean interruptible) {
        this.interruptible = interruptible;
    }

    /** True when the timeout ended this sleep (LW_STIMO). */
    public final boolean timedOut() {
        return timedOut;
    }

    public final void setTimedOut(boolean timedOut) {
        this.timedOut = timedOut;
    }

    /** True when cv_signal ended this sleep; the 2009 generation passes such a wake-up on when the sleep failed. */
    public final boolean signalled() {
        return signalled;
    }

    public final void setSignalled(boolean signalled) {
        this.signalled = signalled;
    }

    /** Virtual time at which the current or last sleep began, in nanoseconds. */
    public final long sleepingSinceNanos() {
        return sleepingSinceNanos;
    }

    public final void setSleepingSinceNanos(long nanos) {
        this.sleepingSinceNanos = nanos;
    }

    /** Tick at which the current sleep times out; -1 without a timeout. */
    public final long wakeAtTick() {
        return wakeAtTick;
    }

    public final void setWakeAtTick(long tick) {
        this.wakeAtTick = tick;
    }

    /** Timeout of this task's sleeps; made at the first sleep with one. */
    public final Timer sleepTimer() {
        return sleepTimer;
    }

    public final void setSleepTimer(Timer timer) {
        this.sleepTimer = timer;
    }
}
