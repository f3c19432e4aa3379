// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.toy;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.quirk.SchedQuirk;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;
import machine.core.engine.Engine;
import machine.core.engine.EngineConfig;
import machine.core.engine.Topology;

/** A host whose clock, load and CPUs a test sets by hand. */
public final class FakeHost implements SchedulerHost, AutoCloseable {
    public final List<String> requests = new ArrayList<>();
    public Generation generation = Generation.V2020;
    public int hz = 100;
    public long tick = 1;
    /** Nanoseconds since the tick. */
    public long nanos;
    public int load;
    public int current;
    public boolean quirks = true;
    private final Engine engine;
    private final CpuState[] cpus;

    public FakeHost(int cpuCount) {
        this(Topology.flat(cpuCount));
    }

    public FakeHost(Topology topology) {
        engine = new Engine(EngineConfig.standard().withTopology(topology).withMemoryBytes(4096));
        cpus = new CpuState[topology.cpus()];
        for (int i = 0; i < cpus.length; i++) {
            cpus[i] = new CpuState(engine.cpu(i));
            cpus[i].setIdleTask(new StubTask("idle/" + i, 0));
            idle(i);
        }
    }

    public void idle(int cpu) {
        cpus[cpu].setCurrent(cpus[cpu].idleTask(), 0);
        cpus[cpu].setFlag(CpuState.IDLE);
    }

    /** Has a CPU run a task of a priority. */
    public void busy(int cpu, int priority) {
        Task running = new StubTask("on" + cpu, priority);
        running.setCpu(cpus[cpu]);
        cpus[cpu].setCurrent(running, priority);
        cpus[cpu].clearFlag(CpuState.IDLE);
    }

    @Override
    public int cpuCount() {
        return cpus.length;
    }

    @Override
    public CpuState cpu(int id) {
        return cpus[id];
    }

    @Override
    public Topology topology() {
        return engine.topology();
    }

    @Override
    public CpuState currentCpu() {
        return cpus[current];
    }

    @Override
    public int hz() {
        return hz;
    }

    @Override
    public long tick() {
        return tick;
    }

    @Override
    public long nowNanos() {
        return tick * 1_000_000_000L / hz + nanos;
    }

    @Override
    public int loadAverage(int index) {
        return load;
    }

    @Override
    public Generation generation() {
        return generation;
    }

    @Override
    public boolean quirk(SchedQuirk quirk) {
        return quirks;
    }

    @Override
    public long random() {
        return 4;
    }

    @Override
    public void changePriority(Task task, int priority) {
        task.setPriority(priority);
    }

    @Override
    public void migrate(Task task, CpuState target) {
        requests.add(task + ">" + target);
    }

    @Override
    public void callAfter(int ticks) {
        requests.add("callout " + ticks);
    }

    @Override
    public void requestResched(CpuState cpu, int bits) {
        requests.add(cpu + ":" + bits);
    }

    @Override
    public void close() {
        engine.close();
    }
}
