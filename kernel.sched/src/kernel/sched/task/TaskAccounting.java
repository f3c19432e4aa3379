// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/** What a task got and what it waited for; times are virtual nanoseconds. The dispatcher writes it. */
@ProviderType
public final class TaskAccounting {
    /** Null until the first wake-up: many tasks are parked once and wait. */
    private LatencyRecorder wakeup;
    private long runNanos;
    private long waitNanos;
    private long workNanos;
    private long voluntarySwitches;
    private long involuntarySwitches;
    private long migrations;
    private long stampNanos;
    private long wokenNanos = -1;

    /** Time on a CPU up to the last switch out. */
    public long runNanos() {
        return runNanos;
    }

    /** Time runnable but not running, up to the last switch in. */
    public long waitNanos() {
        return waitNanos;
    }

    /** Computation done in user mode, without any cost of the kernel. */
    public long workNanos() {
        return workNanos;
    }

    /** Switches by blocking or yielding. */
    public long voluntarySwitches() {
        return voluntarySwitches;
    }

    /** Times the task was asked to give way and did, also when it went on at once because nothing better ran (l_nivcsw). */
    public long involuntarySwitches() {
        return involuntarySwitches;
    }

    /** Moves to another CPU. */
    public long migrations() {
        return migrations;
    }

    /** From wake-up to running. */
    public LatencyRecorder wakeupLatency() {
        return wakeup == null ? new LatencyRecorder() : wakeup;
    }

    /** When the task last became runnable, ran or stopped running. */
    public long stampNanos() {
        return stampNanos;
    }

    /** The task became runnable; {@code woken} when a sleep ended. */
    public void runnable(long now, boolean woken) {
        stampNanos = now;
        if (woken) {
            wokenNanos = now;
        }
    }

    /** The task got a CPU. */
    public void in(long now) {
        waitNanos += Math.max(0, now - stampNanos);
        stampNanos = Math.max(now, stampNanos);
        if (wokenNanos >= 0) {
            woke(Math.max(0, now - wokenNanos));
            wokenNanos = -1;
        }
    }

    private void woke(long latencyNanos) {
        if (wakeup == null) {
            wakeup = new LatencyRecorder();
        }
        wakeup.record(latencyNanos);
    }

    /** The task left its CPU. */
    public void out(long now, boolean voluntary) {
        charge(now);
        if (voluntary) {
            voluntarySwitches++;
        }
    }

    /** The task gives way because it was asked to. */
    public void preempted() {
        involuntarySwitches++;
    }

    /** Adds the run time so far, without a switch. */
    public void charge(long now) {
        runNanos += Math.max(0, now - stampNanos);
        stampNanos = Math.max(now, stampNanos);
    }

    /** The task computed for that long in user mode. */
    public void worked(long nanos) {
        workNanos += nanos;
    }

    /** The task moved to another CPU. */
    public void migrated() {
        migrations++;
    }
}
