// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import machine.core.engine.Cpu;
import machine.core.engine.Topology;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Scheduling state of one CPU, after {@code struct schedstate_percpu}.
 *
 * <p>The dispatcher owns it. A scheduler reads it, and may set {@link #setTicks} and {@link #setFlag}.
 */
@ProviderType
public final class CpuState {
    /** The round-robin quantum ended once since the last switch. */
    public static final int SEENRR = 0x01;
    /** The running task should give way. */
    public static final int SHOULDYIELD = 0x02;
    /** The CPU takes no tasks. */
    public static final int OFFLINE = 0x04;
    /** The CPU has started. */
    public static final int RUNNING = 0x08;
    /** The CPU takes no device interrupts. */
    public static final int NOINTR = 0x10;
    /** The CPU is idle. */
    public static final int IDLE = 0x20;
    /** First-class CPU: a performance core and its first hardware thread. */
    public static final int FIRSTCLASS = 0x40;
    /** First CPU of its core. */
    public static final int CORE1ST = 0x100;
    /** First CPU of its package. */
    public static final int PACKAGE1ST = 0x200;
    /** Flags that a switch clears. */
    public static final int SWITCH_CLEAR = SEENRR | SHOULDYIELD;

    /** Request: an idle CPU has work. */
    public static final int RESCHED_IDLE = 1;
    /** Request: give way at the next natural boundary (2009 generation). */
    public static final int RESCHED_LAZY = 1;
    /** Request: give way at the user boundary, told by an interrupt. */
    public static final int RESCHED_UPREEMPT = 2;
    /** Request: give way in the kernel too. */
    public static final int RESCHED_KPREEMPT = 4;

    private final int id;
    private final Cpu cpu;
    private final Topology topology;
    private int flags = RUNNING;
    private int processorSet;
    private int reschedBits;
    private int currentPriority = Priority.IDLE;
    private int ticks;
    private Task current;
    private Task idleTask;

    /** For the dispatcher. */
    public CpuState(Cpu cpu) {
        this.id = cpu.id();
        this.cpu = cpu;
        this.topology = cpu.topology();
        if (topology.thread(id) == 0) {
            flags |= FIRSTCLASS | CORE1ST;
        }
        if (topology.firstOfPackage(id) == id) {
            flags |= PACKAGE1ST;
        }
    }

    /** Number of the CPU, from 0. */
    public int id() {
        return id;
    }

    /** The simulated CPU. */
    public Cpu cpu() {
        return cpu;
    }

    /** The node of memory it belongs to. */
    public int node() {
        return topology.node(id);
    }

    /** The package it belongs to, counted over all nodes. */
    public int packageId() {
        return topology.packageOf(id);
    }

    /** The core it belongs to, counted over all packages. */
    public int coreId() {
        return topology.core(id);
    }

    /** Which hardware thread of its core it is; 0 is the first-class one. */
    public int threadId() {
        return topology.thread(id);
    }

    /** The processor set it belongs to; 0 is the default one. */
    public int processorSet() {
        return processorSet;
    }

    /** Moves the CPU to another processor set. Dispatcher only. */
    public void setProcessorSet(int set) {
        processorSet = set;
    }

    /** The task that runs here; the idle task when the CPU is idle. */
    public Task current() {
        return current;
    }

    /** The idle task of this CPU. */
    public Task idleTask() {
        return idleTask;
    }

    /** True when the idle task runs. */
    public boolean idle() {
        return current == idleTask;
    }

    /** Effective priority of the running task as cached at the last switch; 0 when idle. */
    public int currentPriority() {
        return currentPriority;
    }

    /** Ticks left in the quantum. */
    public int ticks() {
        return ticks;
    }

    /** Sets the ticks left in the quantum; schedulers do in {@code switchedIn} and {@code tick}. */
    public void setTicks(int ticks) {
        this.ticks = ticks;
    }

    /** All flags. */
    public int flags() {
        return flags;
    }

    /** True when one of the flags is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Sets flags. */
    public void setFlag(int flag) {
        flags |= flag;
    }

    /** Clears flags. */
    public void clearFlag(int flag) {
        flags &= ~flag;
    }

    /** Pending requests to reschedule. */
    public int reschedBits() {
        return reschedBits;
    }

    /** Merges a request; true when the set became stronger. Dispatcher only. */
    public boolean mergeResched(int bits) {
        int old = reschedBits;
        reschedBits |= bits;
        return reschedBits > old;
    }

    /** Clears the requests. Dispatcher only. */
    public void clearResched() {
        reschedBits = 0;
    }

    /** Installs the running task and its cached priority. Dispatcher only. */
    public void setCurrent(Task task, int effectivePriority) {
        current = task;
        currentPriority = effectivePriority;
    }

    /** Installs the idle task. Dispatcher only, once. */
    public void setIdleTask(Task task) {
        idleTask = task;
    }

    @Override
    public String toString() {
        return "cpu" + id;
    }
}
