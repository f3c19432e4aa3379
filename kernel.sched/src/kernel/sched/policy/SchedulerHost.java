// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import kernel.sched.quirk.SchedQuirk;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;
import machine.core.engine.Topology;
import org.osgi.annotation.versioning.ProviderType;

/** What a scheduler may ask of the core that drives it. */
@ProviderType
public interface SchedulerHost {
    /** Number of CPUs. */
    int cpuCount();

    /** One CPU, from 0. */
    CpuState cpu(int id);

    /** Which CPUs share cores, packages and memory. */
    Topology topology();

    /** The CPU that executes this callback. */
    CpuState currentCpu();

    /** Ticks of the hardclock in a second. */
    int hz();

    /** The current tick. */
    long tick();

    /** Virtual time in nanoseconds. */
    long nowNanos();

    /** Load average scaled by 2048: 0 for one minute, 1 for five, 2 for fifteen. */
    int loadAverage(int index);

    /** Which kernel's rules are in force. */
    Generation generation();

    /** True unless the user switched this documented defect off. */
    boolean quirk(SchedQuirk quirk);

    /** A number from the seeded stream of the scheduler. */
    long random();

    /**
     * Changes the base priority of a task in any state, moving it within the queue it is on (lwp_changepri).
     *
     * <p>A runnable task is taken out with {@link Scheduler#dequeue} and comes back through
     * {@link Scheduler#enqueue}.
     */
    void changePriority(Task task, int priority);

    /**
     * Moves a task to a CPU where it may run (lwp_migrate).
     *
     * <p>A runnable one is taken out with {@link Scheduler#dequeue} and comes back through {@link Scheduler#enqueue}, and the
     * CPU gives way if the task is better; a running one goes at its next switch.
     */
    void migrate(Task task, CpuState target);

    /**
     * Has {@link Scheduler#timeout} called after that many ticks, at least one, on the first CPU (callout_schedule).
     *
     * <p>There is one such wish: a new one replaces it, and it ends with the scheduler.
     */
    void callAfter(int ticks);

    /** Asks {@code cpu} to give way; {@code bits} is one of the RESCHED constants of {@link CpuState}. */
    void requestResched(CpuState cpu, int bits);
}
