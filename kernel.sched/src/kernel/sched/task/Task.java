// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import machine.core.context.ExecutionContext;
import machine.core.engine.Cpu;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the scheduler sees of an LWP.
 *
 * <p>The process layer extends it. State, queues and links are changed by the dispatcher and the sleep
 * queues only; priority, estimate and slice also by the active scheduler. Models the scheduling members of
 * {@code struct lwp} (sys/lwp.h 1.89 and 1.217).
 */
@ConsumerType
public abstract class Task extends SleepFields {
    /** {@link #beforeSleep}: go to sleep. */
    public static final int SLEEP = 0;
    /** {@link #beforeSleep}: do not sleep; {@link #afterSleep} knows the result. */
    public static final int EARLY = -1;

    Lender lenders;

    private final TaskAccounting accounting = new TaskAccounting();
    private TaskState state = TaskState.LSIDL;
    private CpuState cpu;
    private CpuState targetCpu;
    private CpuSet affinity;
    private ExecutionContext context;
    private int priority = Priority.USER_NEUTRAL;
    private int inheritedPriority = Priority.NONE;
    private int protectPriority = Priority.NONE;
    private int kernelBase = Priority.KERNEL;
    private int processorSet;
    private int protectDepth;
    private long serial = -1;
    private boolean kernelPriority;
    private boolean bound;
    private boolean onCpu;
    private boolean system;

    /** Number of the last swap that listed the task; for the dispatcher only. */
    public int swapMark;
    /** Links of the dispatcher's list of tasks that the statistics visit. */
    public Task awakeNext;
    /** Previous in the list of tasks that the statistics visit. */
    public Task awakePrevious;
    /** Links of the dispatcher's list of all tasks. */
    public Task allNext;
    /** Previous in the list of all tasks. */
    public Task allPrevious;

    /** Process id, for display and events. */
    public abstract int pid();

    /** LWP id, for display and events. */
    public abstract int lid();

    /** Name for people, {@code pid.lid} unless overridden. */
    public String label() {
        return pid() + "." + lid();
    }

    /** Identity of the address space, to tell a cheap switch from a dear one; null for none. */
    public Object addressSpace() {
        return null;
    }

    /**
     * Called by an interruptible sleep before it switches away; nothing may block, the sleep lock is held.
     *
     * @return {@link #SLEEP}, {@link #EARLY} when a signal is deliverable, or an errno: cancelled (clearing
     *     that mark), exiting or dumping core
     */
    public int beforeSleep() {
        return SLEEP;
    }

    /**
     * Called by an interruptible sleep that returned 0 so far; no lock is held and it may block.
     *
     * @return 0, EINTR or ERESTART
     */
    public int afterSleep() {
        return 0;
    }

    /** Called by the statistics clock, in an interrupt, for each tick that found the task running; no blocking. */
    public void ticked(CpuMode mode) {
    }

    /** Called at each switch in, before the task's own code goes on; no blocking. */
    public void switchedIn(Cpu on) {
    }

    /** Called at each switch out; no blocking. */
    public void switchedOut(Cpu from) {
    }

    /** Called after {@link #switchedOut} when the CPU goes on idle or with a task that has no address space; no blocking. */
    public void spaceRests(Cpu on) {
    }

    /** Loses the flags that the process layer keeps: a documented defect of moving a sleeper between queues. */
    public void dropFlags() {
    }

    /** Scheduling state. */
    public final TaskState state() {
        return state;
    }

    /**
     * Moves to another state. Core and process layer only, with the task's lock held.
     *
     * @throws KernelPanic when the rules of states forbid the step
     */
    public final void become(TaskState next) {
        if (!state.mayBecome(next)) {
            throw new KernelPanic("state rule: task " + label() + " cannot go from " + state + " to " + next);
        }
        state = next;
        if (dormant()) {
            endDormancy().awakes(this);
        }
    }

    /** True while physically on a CPU, whatever the state says (LP_RUNNING). */
    public final boolean onCpu() {
        return onCpu;
    }

    /** Core only, at a switch: whether the task is on a CPU now. */
    public final void setOnCpu(boolean onCpu) {
        this.onCpu = onCpu;
    }

    /** Base priority, 0 to 223. */
    public final int priority() {
        return priority;
    }

    /** Stores the base priority without telling any queue; use the scheduler host to change it on a queue. */
    public final void setPriority(int priority) {
        this.priority = priority;
    }

    /** Best priority lent by waiters, or {@link Priority#NONE}. */
    public final int inheritedPriority() {
        return inheritedPriority;
    }

    /** Core only: stores what waiters lend without telling any queue; {@link Priority#NONE} for nothing. */
    public final void setInheritedPriority(int priority) {
        this.inheritedPriority = priority;
    }

    /** Priority ceiling of {@code _sched_protect}, or {@link Priority#NONE}. */
    public final int protectPriority() {
        return protectPriority;
    }

    /** Core only: stores the ceiling without telling any queue; {@link Priority#NONE} for none. */
    public final void setProtectPriority(int priority) {
        this.protectPriority = priority;
    }

    /** How many ceilings the task has entered and not left (l_protectdepth). */
    public final int protectDepth() {
        return protectDepth;
    }

    /** Core only: stores how many ceilings are entered. */
    public final void setProtectDepth(int depth) {
        this.protectDepth = depth;
    }

    /** True while a user task has the kernel boost (l_kpriority). */
    public final boolean kernelPriority() {
        return kernelPriority;
    }

    /** Core only: stores whether the task has the kernel boost, without telling any queue. */
    public final void setKernelPriority(boolean boosted) {
        this.kernelPriority = boosted;
    }

    /** Base of the kernel boost: 64, or 96 while blocked on a kernel lock (l_kpribase). */
    public final int kernelBase() {
        return kernelBase;
    }

    /** Core only: stores the base of the kernel boost, without telling any queue. */
    public final void setKernelBase(int base) {
        this.kernelBase = base;
    }

    /**
     * The priority that queues and preemption use: base or boosted, at least what is inherited or protected.
     *
     * <p>DEVIATION: the 2009 generation had no ceilings; protectPriority is then never set, so one rule serves both.
     */
    public final int effectivePriority() {
        int base = priority;
        if (kernelPriority && base < Priority.KERNEL && !system) {
            base = (base >> 1) + kernelBase;
        }
        return Math.max(base, Math.max(inheritedPriority, protectPriority));
    }

    /** The CPU the task runs on, is queued on, or ran on last. */
    public final CpuState cpu() {
        return cpu;
    }

    /** Core only, and never for a queued task: stores the CPU it belongs to. */
    public final void setCpu(CpuState cpu) {
        this.cpu = cpu;
    }

    /** Where a running task must go at its next switch, or null. */
    public final CpuState targetCpu() {
        return targetCpu;
    }

    /** Core only: where the task is to go at its next switch, or null for nowhere. */
    public final void setTargetCpu(CpuState target) {
        this.targetCpu = target;
    }

    /** CPUs the task may run on, or null for all. */
    public final CpuSet affinity() {
        return affinity;
    }

    /** Core only: stores the CPUs it may run on, null for all; the core moves the task if it has to go. */
    public final void setAffinity(CpuSet affinity) {
        this.affinity = affinity;
    }

    /** The processor set the task belongs to (l_psid); 0 is the default one. */
    public final int processorSet() {
        return processorSet;
    }

    /** Stores the processor set; the core moves the task to one of its CPUs. */
    public final void setProcessorSet(int set) {
        this.processorSet = set;
    }

    /** True when pinned to its CPU (LP_BOUND). */
    public final boolean bound() {
        return bound;
    }

    /** Core only, and never for a queued task: see {@code Dispatcher.bind}. */
    public final void setBound(boolean bound) {
        this.bound = bound;
    }

    /** True for a kernel thread (LW_SYSTEM). */
    public final boolean system() {
        return system;
    }

    /** Core only, before the task first runs: whether it is a kernel thread. */
    public final void setSystem(boolean system) {
        this.system = system;
    }

    /**
     * True when the task may run on that CPU (sched_migratable): it is online and, if the task has an affinity, in that;
     * else both belong to the same processor set.
     */
    public final boolean allowedOn(CpuState candidate) {
        if (candidate.has(CpuState.OFFLINE)) {
            return false;
        }
        return affinity == null ? processorSet == candidate.processorSet() : affinity.contains(candidate.id());
    }

    /** The code of the task; null for an idle task. */
    public final ExecutionContext context() {
        return context;
    }

    /** Core only, before the task first runs: its code. */
    public final void setContext(ExecutionContext context) {
        this.context = context;
    }

    /** Run, wait and latency figures. */
    public final TaskAccounting accounting() {
        return accounting;
    }

    /** Creation number within the kernel, from 0; -1 before registration. */
    public final long serial() {
        return serial;
    }

    /** Core only, once, when the task is registered. */
    public final void setSerial(long serial) {
        this.serial = serial;
    }

    @Override
    public final String toString() {
        return label();
    }
}
