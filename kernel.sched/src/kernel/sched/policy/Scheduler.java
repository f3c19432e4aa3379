// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import java.util.List;
import java.util.function.Consumer;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A scheduling policy: decides who runs where, and keeps the queues of runnable tasks.
 *
 * <p>Register it as a prototype-scope service with {@code kernel.slot=sched} and {@code kernel.variant=NAME};
 * each kernel gets an instance of its own.
 *
 * <p>Rules for every callback:
 * <ul>
 * <li>Only the dispatcher calls, on the one host thread of the kernel; no locks of the host are needed.
 * <li>Nothing may block, interleave, or keep a reference to a task after {@link #exited} or after
 *     {@link #exportTask}.
 * <li>The simulated lock that protects the task (its run queue or sleep queue lock) is held by the caller; take
 *     none.
 * <li>A task given to {@link #enqueue} is the scheduler's until {@link #pickNext}, {@link #steal} or
 *     {@link #dequeue} hands it back. At all other times the core owns it, and the scheduler may only read it and
 *     change what its {@code ScheduledFields} and {@link SchedulerHost} offer.
 * <li>Whoever throws, hangs or gives an answer that breaks a rule is evicted: the core takes all tasks back and goes on
 *     with the fallback scheduler ({@link machine.core.slot.SlotGuard}).
 * </ul>
 */
@ConsumerType
public interface Scheduler {
    /** First call after creation, before any task is shown; keep the host. */
    void attach(SchedulerHost host);

    /** Takes a runnable task (state LSRUN) onto the queue of {@code task.cpu()}; it is the scheduler's now. */
    void enqueue(Task task, boolean preempted);

    /** Gives up one task it has queued; the core owns it afterwards. */
    void dequeue(Task task);

    /**
     * Removes and returns the task that {@code cpu} should run, or null when nothing is queued there.
     *
     * <p>It must be in state LSRUN, be queued on that CPU and be allowed there.
     */
    Task pickNext(CpuState cpu);

    /** Number of tasks queued on {@code cpu}; the running task does not count. */
    int runnable(CpuState cpu);

    /** Best effective priority queued on {@code cpu}, or 0 when nothing is. */
    int bestQueuedPriority(CpuState cpu);

    /** Chooses the CPU for a task that becomes runnable; must be one the task is allowed on. */
    CpuState selectCpu(Task task);

    /**
     * Called when {@code idle} has nothing to run: removes and returns a task queued on another CPU, or null.
     *
     * <p>It must be in state LSRUN, not bound, and allowed on {@code idle}. The core moves it there.
     */
    default Task steal(CpuState idle) {
        return null;
    }

    /**
     * Called when a running task must give way: the CPU where it should go on, or null for the one it is on.
     *
     * <p>It must be a CPU the task is allowed on. The core moves the task and calls {@link #enqueue}.
     */
    default CpuState preempted(Task task) {
        return null;
    }

    /** Called when a quantum is used up: {@code running} may be the idle task. Refill the ticks of the CPU. */
    void tick(CpuState cpu, Task running);

    /** Called about 16 times a second for a running task; never for an idle task. */
    default void schedclock(Task running) {
    }

    /**
     * Called once a second for each task that has not been asleep for three seconds; {@code batch} says that it is a CPU
     * hog.
     */
    default void pstats(Task task, boolean batch) {
    }

    /** Called in an interrupt on the first CPU when the time of {@link SchedulerHost#callAfter} has come; no task is held. */
    default void timeout() {
    }

    /** Called when a task has gone to sleep. */
    default void slept(Task task) {
    }

    /** Called when a sleep ends, before a CPU is chosen; the ticks slept are {@code now - lastSleepTick}. */
    default void woken(Task task) {
    }

    /** Called when a sleeping, stopped, suspended or new task becomes runnable, before {@link #enqueue}. */
    default void runnable(Task task) {
    }

    /** Called at each switch to {@code task} on {@code task.cpu()}, before it runs; set the ticks of the CPU. */
    default void switchedIn(Task task) {
    }

    /** Called when {@code parent} made {@code child}; parent is null for the first task of a kernel. */
    default void forked(Task parent, Task child) {
    }

    /** Called when {@code reaper} has waited for an exited LWP of its own process. */
    default void collected(Task reaper, Task reaped) {
    }

    /** Called when {@code parent} has waited for a child process whose last LWP was {@code child}; both may be null. */
    default void processExited(Task parent, Task child) {
    }

    /** Called when a task is gone for good; forget it. */
    default void exited(Task task) {
    }

    /** Called for each LWP of a process whose nice value changes to {@code nice} (0 to 40); store it. */
    default void nice(Task task, int nice) {
        task.setNice(nice);
    }

    /**
     * Called once for each task when this scheduler is replaced, after {@link #dequeue} if it was queued.
     *
     * <p>The neutral members are filled in already; adjust what this scheduler keeps in another unit, and forget
     * the task.
     */
    default void exportTask(Task task, TaskRecord record) {
    }

    /**
     * Called once for each task when this scheduler takes over, before {@link #enqueue} if it is runnable.
     *
     * <p>The task has the priority and estimate of the record. Set up private data and the slice.
     */
    default void importTask(Task task, TaskRecord record) {
    }

    /** The numbers by which this scheduler can be tuned, and what they are now. */
    default List<Tunable> tunables() {
        return List.of();
    }

    /**
     * Sets a number that {@link #tunables} lists, to a value within its bounds.
     *
     * <p>What the user has set is set again in the next scheduler that lists the same name.
     *
     * @throws IllegalArgumentException when it does not go with the other numbers; says why and changes nothing
     */
    default void tune(String name, int value) {
        throw new IllegalArgumentException(name + " cannot be set");
    }

    /** Shows every queued task of {@code cpu}, best first, changing nothing. */
    void forEachQueued(CpuState cpu, Consumer<Task> visitor);
}
