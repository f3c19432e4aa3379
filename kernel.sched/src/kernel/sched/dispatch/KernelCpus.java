// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.lock.SpinMutex;
import kernel.sched.quirk.QuirkSet;
import kernel.sched.quirk.QuirkSwitches;
import kernel.sched.quirk.SchedQuirk;
import kernel.sched.task.CpuMode;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;

/** What a dispatcher knows about its machine and its rules: CPUs, time, costs, generation and quirks. */
abstract sealed class KernelCpus permits Dispatcher {
    /** Clock ticks in a second. */
    public static final int HZ = 100;
    /** Length of a tick in nanoseconds. */
    public static final long TICK_NANOS = 1_000_000_000L / HZ;

    private final Engine engine;
    private final CpuUnit[] units;
    private final SchedCosts costs;
    private final LoadAverage loadAverage = new LoadAverage();
    private final Addresses addresses;
    private final QuirkSwitches<SchedQuirk> quirks;
    private QuirkSet<SchedQuirk> quirksOn;
    private Generation generation = Generation.V2020;

    KernelCpus(Engine engine, CostTable costs) {
        this.engine = engine;
        this.costs = new SchedCosts(costs);
        this.addresses = new Addresses(engine);
        quirks = new QuirkSwitches<>("sched", SchedQuirk.class, on -> quirksOn = on);
        quirks.usual(QuirkSet.all(SchedQuirk.class));
        units = new CpuUnit[engine.cpuCount()];
        for (int i = 0; i < units.length; i++) {
            units[i] = new CpuUnit((Dispatcher) this, engine.cpu(i));
        }
    }

    /** The engine this kernel runs on. */
    public final Engine engine() {
        return engine;
    }

    /** What switching and locking cost now. */
    public final SchedCosts costs() {
        return costs;
    }

    /** Takes the costs of another machine. */
    public final void setCosts(CostTable table) {
        costs.load(table);
    }

    /** Which kernel's rules are in force. */
    public final Generation generation() {
        return generation;
    }

    /** Chooses the rules; the LWP revision does. */
    public final void setGeneration(Generation rules) {
        this.generation = rules;
    }

    /** True unless that documented defect is switched off. */
    public final boolean quirk(SchedQuirk quirk) {
        return quirksOn.has(quirk);
    }

    /** The switches of the schedulers' quirks. */
    public final QuirkSwitches<SchedQuirk> quirks() {
        return quirks;
    }

    /** Number of CPUs. */
    public final int cpuCount() {
        return units.length;
    }

    /** State of a CPU. */
    public final CpuState cpu(int id) {
        return units[id].state;
    }

    /** State of the current CPU; of the first one at a safe point. */
    public final CpuState here() {
        Cpu cpu = engine.current();
        return units[cpu == null ? 0 : cpu.id()].state;
    }

    /** The task that runs on the current CPU; an idle task when none does, and at a safe point. */
    public final Task currentTask() {
        Cpu cpu = engine.current();
        return cpu == null ? units[0].idleTask : units[cpu.id()].state.current();
    }

    /** The current tick of the hardclock grid. */
    public final long tick() {
        return tickAt(engine.nowNanos());
    }

    /** The tick that a virtual time belongs to. */
    public final long tickAt(long nanos) {
        return nanos / TICK_NANOS;
    }

    /** Virtual time of a tick. */
    public final long nanosOfTick(long tick) {
        return tick * TICK_NANOS;
    }

    /** Load averages. */
    public final LoadAverage loadAverage() {
        return loadAverage;
    }

    /** Virtual time a CPU has been idle, in nanoseconds. */
    public final long idleNanos(int cpu) {
        return units[cpu].idleNanos();
    }

    /** Ticks of the statistics clock that found a CPU in that mode (spc_cp_time); all modes together are all ticks. */
    public final long ticks(int cpu, CpuMode mode) {
        return units[cpu].ticks(mode);
    }

    /** Switches to a task that a CPU has made. */
    public final long switches(int cpu) {
        return units[cpu].switches;
    }

    /** A synthetic kernel address, the same in every run with the same seed; never 0. */
    public final long newAddress() {
        return addresses.next();
    }

    /** The lock that protects tasks of a CPU that are on no queue (spc_lwplock). */
    public final SpinMutex lwpLock(CpuState cpu) {
        return units[cpu.id()].lwpLock;
    }

    /** The run queue lock of a CPU (spc_mutex). */
    public final SpinMutex queueLock(CpuState cpu) {
        return units[cpu.id()].queueLock;
    }

    CpuUnit unit(CpuState cpu) {
        return units[cpu.id()];
    }

    CpuUnit unit(int cpu) {
        return units[cpu];
    }

    boolean owns(CpuState cpu) {
        return cpu != null && cpu.id() < units.length && units[cpu.id()].state == cpu;
    }
}
