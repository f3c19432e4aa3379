// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.function.Consumer;
import kernel.sched.lock.SpinMutex;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Priority;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.CpuDriver;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Switches the CPUs of one kernel between its tasks, and owns their states, clocks and the {@code sched} slot.
 *
 * <p>Models mi_switch, setrunnable and their callers (kern_synch.c 1.308, kern_runq.c 1.44 and 1.69). A method that
 * is said to run in a task is called by the code of the current task; all others may also be called by interrupt
 * handlers, and at safe points by the outside.
 */
@ProviderType
public final class Dispatcher extends KernelCpus implements CpuDriver {
    private final SchedulerHost host = new HostView(this);
    private final SchedulerPort port = new SchedulerPort(this);
    private final Tunables tunables = new Tunables(this);
    private final ProcessorSets processorSets = new ProcessorSets(this);
    private final Resched resched = new Resched(this);
    private final Waker waker = new Waker(this);
    private final Switcher switcher = new Switcher(this);
    private final SchedulerCallout callout = new SchedulerCallout(this);
    private final SchedSlot slot = new SchedSlot(this);
    private final Housekeeping housekeeping;
    private final Registry registry;

    /** Makes the dispatcher of a kernel and becomes the driver of the engine; all CPUs are idle, the slot is vacant. */
    public Dispatcher(Engine engine, CostTable costs) {
        super(engine, costs);
        housekeeping = new Housekeeping(this);
        registry = new Registry(this, housekeeping);
        engine.driver(this);
        engine.evictions().holder(() -> here().current().label());
    }

    /** The {@code sched} slot. */
    public SchedSlot slot() {
        return slot;
    }

    /** The numbers of {@code kern.sched.*}. */
    public Tunables tunables() {
        return tunables;
    }

    /** Which CPUs and tasks are kept for each other. */
    public ProcessorSets processorSets() {
        return processorSets;
    }

    /** Runs {@code action} after the statistics of each virtual second, in an interrupt on the first CPU. */
    public void everySecond(Runnable action) {
        housekeeping.everySecond(action);
    }

    /** Shows all registered tasks, oldest first. */
    public void forEachTask(Consumer<Task> visitor) {
        registry.tasks().forEach(visitor);
    }

    /** Number of registered tasks. */
    public int taskCount() {
        return registry.tasks().size();
    }

    /** Number of tasks on the run queue of a CPU. */
    public int runnable(CpuState cpu) {
        return port.active() == null ? port.orphans().countOn(cpu) : port.runnable(cpu);
    }

    /** Shows the run queue of a CPU, best first. */
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        port.forEachQueued(cpu, visitor);
    }

    /**
     * Registers a new task in state LSIDL and gives it its code; {@link #setRunnable} starts it.
     *
     * <p>The child gets the base priority, class, nice value, affinity and processor set of the parent. The body must end by calling {@link #exit}.
     *
     * @param parent who made it, or null for the first task of a kernel
     */
    public void register(Task child, Task parent, Runnable body) {
        registry.register(child, parent, body);
    }

    /** Forgets a task that is off its CPU for good; its context is abandoned if it never ended (lwp_free). */
    public void unregister(Task task) {
        registry.unregister(task);
    }

    /**
     * Makes a new, stopped, suspended or sleeping task runnable (setrunnable of kern_synch.c 1.308).
     *
     * <p>The counters and flags of its process are the caller's business.
     *
     * @throws KernelPanic if it is runnable, running or a zombie
     */
    public void setRunnable(Task task) {
        waker.setRunnable(task);
    }

    /** Ends a sleep early (lwp_unsleep); panics for a task that does not sleep or waits for a kernel lock. */
    public void unsleep(Task task) {
        waker.unsleep(task);
    }

    /** Common end of every wake-up (sleepq_remove); for the sleep queues. */
    public void endSleep(Task task) {
        waker.endSleep(task);
    }

    /**
     * Switches away from the current task (mi_switch); in a task.
     *
     * <p>The caller has set its state: still LSONPROC goes to the run queue.
     *
     * @return false when the task goes on at once because nothing better runs
     */
    public boolean miSwitch() {
        return switcher.leave(currentTask(), null, true);
    }

    /** The same, releasing a spin mutex at the end of the switch. */
    public boolean miSwitch(SpinMutex held) {
        return switcher.leave(currentTask(), held, true);
    }

    /**
     * Goes to the tail of the own queue (yield of kern_synch.c); in a task.
     *
     * <p>An interleave point even when nobody else gets the CPU, so that a loop of yields lets time go on.
     */
    public void yield() {
        Task self = currentTask();
        self.setKernelPriority(false);
        Cpu cpu = self.cpu().cpu();
        cpu.charge(costs().lockNanos());
        if (!switcher.leave(self, null, true)) {
            cpu.interleave();
        }
    }

    /** Gives way at the user boundary because of an AST (preempt of kern_synch.c); in a task. */
    public void preempt() {
        Task self = currentTask();
        self.setKernelPriority(false);
        switcher.leave(self, null, false);
    }

    /**
     * Gives way inside the kernel if that was asked for and nothing forbids it (kpreempt of kern_synch.c); in a task,
     * where it could block. It may go on on another CPU.
     */
    public void kernelPreemptionPoint() {
        if (!tunables.preemptsKernel()) {
            return;
        }
        CpuState cpu = here();
        Task self = cpu.current();
        boolean wanted = (cpu.reschedBits() & CpuState.RESCHED_KPREEMPT) != 0;
        if (wanted && cpu.cpu().spinDepth() == 0 && self.context() != null && self.state() == TaskState.LSONPROC) {
            switcher.leave(self, null, false);
        }
    }

    /** True when the current CPU was asked to reschedule, lazily or not. */
    public boolean preemptWanted() {
        return here().reschedBits() != 0;
    }

    /** The current task goes back to user mode: its kernel boost ends and the cached priority follows (mi_userret). */
    public void toUser() {
        CpuState cpu = here();
        Task self = cpu.current();
        self.setKernelPriority(false);
        cpu.setCurrent(self, self.effectivePriority());
    }

    /** Last switch of the current task, which must be LSZOMB; does not return. In a task. */
    public void exit() {
        Task self = currentTask();
        if (self.state() != TaskState.LSZOMB) {
            throw new KernelPanic("switch rule: task " + self + " exits while " + self.state());
        }
        switcher.exit(self);
    }

    /** Moves a task to another CPU in any state (lwp_migrate); a running one moves at its next switch. */
    public void migrate(Task task, CpuState target) {
        waker.migrate(task, target);
    }

    /** Pins a task to the CPU it is on, keeping the counts of its run queue right. */
    public void bind(Task task) {
        waker.setBound(task, true);
    }

    /** Ends {@link #bind}. */
    public void unbind(Task task) {
        waker.setBound(task, false);
        processorSets.settle(task);
    }

    /** Changes the base priority in any state, keeping queues in order (lwp_changepri). */
    public void changePriority(Task task, int priority) {
        if (priority < Priority.IDLE || priority >= Priority.COUNT) {
            throw new KernelPanic("priority rule: " + priority + " for task " + task + " is not between 0 and 223");
        }
        waker.changePriority(task, priority);
    }

    /** Gives a task another scheduling class and base priority, in any state. */
    public void setClass(Task task, int schedClass, int priority) {
        waker.setClass(task, schedClass, priority);
    }

    /** Recomputes the priority a task inherits; for the locks. */
    public void inherit(Task task) {
        waker.inherit(task);
    }

    /** Tells the scheduler about a new nice value, 0 to 40. */
    public void nice(Task task, int nice) {
        port.inform("nice", s -> s.nice(task, nice));
    }

    /** Tells the scheduler that {@code reaper} has reaped an LWP (sched_lwp_collect). */
    public void collected(Task reaper, Task reaped) {
        port.inform("collected", s -> s.collected(reaper, reaped));
    }

    /** Tells the scheduler that a process was reaped (sched_proc_exit). */
    public void processExited(Task parent, Task child) {
        port.inform("processExited", s -> s.processExited(parent, child));
    }

    /** Tells the scheduler that the current task went to sleep; for the sleep queues. */
    public void slept(Task task) {
        port.notice(SchedulerPort.Notice.SLEPT, task);
    }

    /** Makes a task that runs on another CPU pass the user boundary soon (lwp_need_userret). */
    public void needUserret(Task task) {
        if (task.state() == TaskState.LSONPROC) {
            resched.astTo(task.cpu());
        }
    }

    /** Why a task is not running, for people. */
    public String why(Task task) {
        return new Explanation(this).why(task);
    }

    @Override
    public void idleInterrupted(Cpu cpu) {
        switcher.idleInterrupted(cpu);
    }

    SchedulerHost host() {
        return host;
    }

    SchedulerPort port() {
        return port;
    }

    SchedulerCallout callout() {
        return callout;
    }

    Resched resched() {
        return resched;
    }

    Waker waker() {
        return waker;
    }

    TaskList tasks() {
        return registry.tasks();
    }
}
