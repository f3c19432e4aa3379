// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import java.util.List;
import java.util.function.Consumer;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Run queues of all CPUs with the queueing, placement and stealing rules of NetBSD.
 *
 * <p>What 4bsd and m2 have in common (kern_runq.c 1.44 and 1.69, by the kernel's generation); a scheduler that only
 * changes priorities and slices can delegate to it.
 */
@ProviderType
public final class CpuQueues {
    private static final String CACHE_HEAT = "cacheht_time";
    private static final String BALANCE = "balance_period";
    private static final String SKIM = "skim_interval";
    private static final String MIN_CATCH = "min_catch";
    private static final int MOST_MILLIS = 60_000;
    private static final int MOST_TASKS = 1_000_000;

    private final SchedulerHost host;
    private final RunQueue[] queues;
    private final CacheHeat heat;
    private final Placement placement;
    private final Stealing stealing;
    private final int roundRobinTicks;

    /** Makes empty queues for all CPUs; {@code roundRobinTicks} is the quantum of SCHED_RR. */
    public CpuQueues(SchedulerHost host, int roundRobinTicks) {
        this.host = host;
        this.roundRobinTicks = roundRobinTicks;
        queues = new RunQueue[host.cpuCount()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new RunQueue();
        }
        heat = new CacheHeat(host);
        placement = new Placement(host, queues, heat);
        stealing = new Stealing(host, queues, heat);
    }

    /** Queue of a CPU. */
    public RunQueue of(CpuState cpu) {
        return queues[cpu.id()];
    }

    /**
     * Queues a task at its effective priority.
     *
     * <p>At the tail, except that from 2020 on a preempted real-time task that has not used up its turn goes to the
     * head.
     */
    public void enqueue(Task task, boolean preempted) {
        RunQueue queue = queues[task.cpu().id()];
        if (host.generation() == Generation.V2009) {
            queue.addLast(task);
            stealing.startBalancing();
            return;
        }
        if (preempted && keepsTurn(task)) {
            queue.addFirst(task);
        } else {
            queue.addLast(task);
        }
        task.cpu().clearFlag(CpuState.IDLE);
    }

    /** Takes a task out. */
    public void dequeue(Task task) {
        queues[task.cpu().id()].remove(task);
    }

    /** Removes and returns the best task of a CPU, or null. */
    public Task pickNext(CpuState cpu) {
        return queues[cpu.id()].poll();
    }

    /** Chooses a CPU for a task that becomes runnable (sched_takecpu). */
    public CpuState selectCpu(Task task) {
        return placement.select(task);
    }

    /** Finds work for an idle CPU on the queues of others and takes it out; null when there is none. */
    public Task steal(CpuState idle) {
        return stealing.steal(idle);
    }

    /** The callout of the scheduler is due, which these queues ask for in the 2009 generation (sched_balance). */
    public void timeout() {
        stealing.timeout();
    }

    /** Where a running task that must give way should go, or null for the queue of its CPU (sched_preempted). */
    public CpuState preempted(Task task) {
        return placement.preempted(task);
    }

    /** The numbers of kern_runq.c that can be set; which of them count depends on the kernel's generation. */
    public List<Tunable> tunables() {
        return List.of(
                new Tunable(CACHE_HEAT, heat.millis(), 0, MOST_MILLIS, "how long a task stays cache-hot, in ms"),
                new Tunable(BALANCE, stealing.balanceMillis(), 1, MOST_MILLIS, "period of the 2009 balancer, in ms"),
                new Tunable(SKIM, stealing.skimMillis(), 0, MOST_MILLIS, "rest between two searches for work, in ms"),
                new Tunable(MIN_CATCH, stealing.minCatch(), 1, MOST_TASKS, "least movable tasks of a victim"));
    }

    /** Sets one of {@link #tunables}; false when it is none of them. */
    public boolean tune(String name, int value) {
        switch (name) {
            case CACHE_HEAT -> heat.setMillis(value);
            case BALANCE -> stealing.setBalanceMillis(value);
            case SKIM -> stealing.setSkimMillis(value);
            case MIN_CATCH -> stealing.setMinCatch(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean keepsTurn(Task task) {
        return switch (task.schedClass()) {
            case SchedClass.FIFO -> true;
            case SchedClass.RR -> host.tick() - task.lastRunTick() < roundRobinTicks;
            default -> false;
        };
    }

    /** Shows the queue of a CPU, best first. */
    public void forEachQueued(CpuState cpu, Consumer<Task> visitor) {
        queues[cpu.id()].forEach(visitor);
    }
}
