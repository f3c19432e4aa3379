// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.fourbsd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.sched.policy.CpuQueues;
import kernel.sched.policy.Scheduler;
import kernel.sched.policy.SchedulerHost;
import kernel.sched.policy.TaskRecord;
import kernel.sched.policy.Tunable;
import kernel.sched.quirk.SchedQuirk;
import kernel.sched.task.CpuState;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The traditional BSD scheduler: priority falls with recent CPU use, which decays with the load (sched_4bsd.c 1.30).
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE, property = {
    "kernel.slot=sched",
    "kernel.variant=4bsd",
    "kernel.description=The traditional BSD scheduler: priority falls with recent CPU use"
})
public final class FourBsd implements Scheduler {
    private static final int RR_HZ = 10;

    private SchedulerHost host;
    private CpuQueues queues;
    private int roundRobinTicks;

    /** Makes a scheduler that serves one kernel. */
    public FourBsd() {
    }

    @Override
    public void attach(SchedulerHost core) {
        host = core;
        roundRobinTicks = core.hz() / RR_HZ;
        queues = new CpuQueues(core, roundRobinTicks);
        for (int i = 0; i < core.cpuCount(); i++) {
            if (core.cpu(i).ticks() <= 0) {
                core.cpu(i).setTicks(roundRobinTicks);
            }
        }
    }

    @Override
    public void enqueue(Task task, boolean preempted) {
        queues.enqueue(task, preempted);
    }

    @Override
    public void dequeue(Task task) {
        queues.dequeue(task);
    }

    @Override
    public Task pickNext(CpuState cpu) {
        return queues.pickNext(cpu);
    }

    @Override
    public int runnable(CpuState cpu) {
        return queues.of(cpu).count();
    }

    @Override
    public int bestQueuedPriority(CpuState cpu) {
        return queues.of(cpu).maxPriority();
    }

    @Override
    public CpuState selectCpu(Task task) {
        return queues.selectCpu(task);
    }

    @Override
    public Task steal(CpuState idle) {
        return queues.steal(idle);
    }

    @Override
    public CpuState preempted(Task task) {
        return queues.preempted(task);
    }

    @Override
    public void timeout() {
        queues.timeout();
    }

    @Override
    public List<Tunable> tunables() {
        List<Tunable> list = new ArrayList<>(queues.tunables());
        list.add(Tunable.fixed("rtts", roundRobinTicks * 1000 / host.hz(), "quantum of round robin, in ms"));
        return list;
    }

    @Override
    public void tune(String name, int value) {
        queues.tune(name, value);
    }

    @Override
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        queues.forEachQueued(cpu, visitor);
    }

    /** Round robin among equals: the first quantum is noted, the second asks to give way, the third insists. */
    @Override
    public void tick(CpuState cpu, Task running) {
        cpu.setTicks(roundRobinTicks);
        switch (running.schedClass()) {
            case SchedClass.FIFO -> {
            }
            case SchedClass.RR -> host.requestResched(cpu, CpuState.RESCHED_KPREEMPT);
            default -> {
                if (cpu.has(CpuState.SHOULDYIELD)) {
                    host.requestResched(cpu, CpuState.RESCHED_KPREEMPT);
                } else if (cpu.has(CpuState.SEENRR)) {
                    cpu.setFlag(CpuState.SHOULDYIELD);
                    host.requestResched(cpu, CpuState.RESCHED_LAZY);
                } else {
                    cpu.setFlag(CpuState.SEENRR);
                }
            }
        }
    }

    @Override
    public void schedclock(Task running) {
        running.setEstcpu(Estimate.accumulate(running.estcpu()));
        resetPriority(running);
    }

    /** Once a second; known defect: the load is not divided by the number of CPUs here, unlike in the catch-up. */
    @Override
    public void pstats(Task task, boolean batch) {
        if (task.sleepSeconds() > 1) {
            return;
        }
        int load = host.quirk(SchedQuirk.LOAD_UNDIVIDED) ? Estimate.loadFactor(host.loadAverage(0)) : loadFactorPerCpu();
        task.setEstcpu(Estimate.decay(task.estcpu(), load));
        resetPriority(task);
    }

    /** Catches up on the decay that a long sleeper missed. */
    @Override
    public void runnable(Task task) {
        if (task.sleepSeconds() > 1) {
            task.setEstcpu(Estimate.decay(task.estcpu(), loadFactorPerCpu(), task.sleepSeconds()));
            resetPriority(task);
        }
    }

    @Override
    public void forked(Task parent, Task child) {
        if (parent == null) {
            return;
        }
        child.setEstcpu(parent.estcpu());
        boolean newProcess = parent.pid() != child.pid();
        child.setSchedulerData(newProcess ? new Inherited(parent.estcpu(), host.tick() / host.hz())
                : parent.schedulerData());
    }

    /** Known defect, kept unless switched off: without the ceiling, joining hogs sinks the joiner to priority 0. */
    @Override
    public void collected(Task reaper, Task reaped) {
        int sum = reaper.estcpu() + reaped.estcpu();
        reaper.setEstcpu(host.quirk(SchedQuirk.COLLECT_UNCAPPED) ? sum : Math.min(sum, Estimate.MAX));
    }

    @Override
    public void processExited(Task parent, Task child) {
        if (parent == null || child == null) {
            return;
        }
        int start = 0;
        if (child.schedulerData() instanceof Inherited inherited) {
            int age = (int) (host.tick() / host.hz() - inherited.second());
            start = Estimate.decay(inherited.estcpu(), loadFactorPerCpu(), age);
        }
        int own = Math.max(0, child.estcpu() - start);
        parent.setEstcpu(Math.min(parent.estcpu() + own, Estimate.MAX));
    }

    @Override
    public void nice(Task task, int nice) {
        task.setNice(nice);
        resetPriority(task);
    }

    @Override
    public void importTask(Task task, TaskRecord record) {
        task.setEstcpu(Math.min(record.estcpu, Estimate.MAX));
    }

    private void resetPriority(Task task) {
        if (task.schedClass() == SchedClass.OTHER) {
            host.changePriority(task, Estimate.priority(task.estcpu(), task.nice()));
        }
    }

    private int loadFactorPerCpu() {
        return Estimate.loadFactor(host.loadAverage(0)) / host.cpuCount();
    }

    /** What a process inherited, so that its parent is not charged for it again; all its LWPs know. */
    private record Inherited(int estcpu, long second) {
    }
}
