// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.policy.SchedulerHost;
import kernel.sched.quirk.SchedQuirk;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;
import machine.core.engine.Topology;

/** The core as a scheduler sees it. */
final class HostView implements SchedulerHost {
    private static final long RANDOM_STREAM = 0x5c4ed;

    private final Dispatcher dispatcher;

    HostView(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public int cpuCount() {
        return dispatcher.cpuCount();
    }

    @Override
    public CpuState cpu(int id) {
        return dispatcher.cpu(id);
    }

    @Override
    public Topology topology() {
        return dispatcher.engine().topology();
    }

    @Override
    public CpuState currentCpu() {
        return dispatcher.here();
    }

    @Override
    public int hz() {
        return Dispatcher.HZ;
    }

    @Override
    public long tick() {
        return dispatcher.tick();
    }

    @Override
    public long nowNanos() {
        return dispatcher.engine().nowNanos();
    }

    @Override
    public int loadAverage(int index) {
        return dispatcher.loadAverage().scaled(index);
    }

    @Override
    public Generation generation() {
        return dispatcher.generation();
    }

    @Override
    public boolean quirk(SchedQuirk quirk) {
        return dispatcher.quirk(quirk);
    }

    @Override
    public long random() {
        return dispatcher.engine().random(RANDOM_STREAM);
    }

    @Override
    public void changePriority(Task task, int priority) {
        dispatcher.changePriority(task, priority);
    }

    @Override
    public void migrate(Task task, CpuState target) {
        dispatcher.migrate(task, target);
    }

    @Override
    public void callAfter(int ticks) {
        dispatcher.callout().request(ticks);
    }

    @Override
    public void requestResched(CpuState cpu, int bits) {
        dispatcher.resched().request(cpu, bits);
    }
}
