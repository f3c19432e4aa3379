// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import kernel.sched.quirk.SchedQuirk;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;
import machine.core.engine.Topology;

/**
 * How an idle CPU gets work from others: the balancer and sched_idle of kern_runq.c 1.44, sched_idle of 1.69.
 */
final class Stealing {
    private static final int BALANCE_MILLIS = 300;
    private static final int SKIM_MILLIS = 10;
    /** Fraction of the averages, for those who do not truncate them. */
    private static final int UNIT = 256;

    private final SchedulerHost host;
    private final Topology topology;
    private final RunQueue[] queues;
    private final CacheHeat heat;
    private final int[] average;
    private final long[] nextSkimTick;
    private boolean balancing;
    private int balanceMillis = BALANCE_MILLIS;
    private int skimMillis = SKIM_MILLIS;
    private int minCatch = 1;

    Stealing(SchedulerHost host, RunQueue[] queues, CacheHeat heat) {
        this.host = host;
        this.topology = host.topology();
        this.queues = queues;
        this.heat = heat;
        average = new int[queues.length];
        nextSkimTick = new long[queues.length];
    }

    int balanceMillis() {
        return balanceMillis;
    }

    void setBalanceMillis(int millis) {
        balanceMillis = millis;
    }

    int skimMillis() {
        return skimMillis;
    }

    void setSkimMillis(int millis) {
        skimMillis = millis;
    }

    int minCatch() {
        return minCatch;
    }

    void setMinCatch(int count) {
        minCatch = count;
    }

    Task steal(CpuState idle) {
        if (queues.length == 1 || idle.has(CpuState.OFFLINE)) {
            return null;
        }
        return host.generation() == Generation.V2009 ? steal2009(idle) : steal2020(idle);
    }

    /** Starts the balancer where the generation has one and it does not run yet. */
    void startBalancing() {
        if (!balancing && queues.length > 1) {
            balancing = true;
            host.callAfter(balanceMillis * host.hz() / 1000);
        }
    }

    /** The callout of the balancer; it ends with the 2009 generation. */
    void timeout() {
        balancing = false;
        if (host.generation() == Generation.V2009) {
            balance(host.currentCpu().id());
            startBalancing();
        }
    }

    private Task steal2009(CpuState idle) {
        average[idle.id()] = 0;
        int worker = balance(idle.id());
        RunQueue queue = queues[worker];
        if (worker == idle.id() || queue.movable() < minCatch || !sameSet(idle, host.cpu(worker))) {
            return null;
        }
        for (int level = queue.maxPriority(); level >= 0; level = queue.nextLower(level)) {
            Task task = suitable(queue.head(level), idle, true);
            if (task != null) {
                queue.remove(task);
                return task;
            }
        }
        return null;
    }

    /**
     * sched_balance: the CPU with the highest average, {@code here} when all are 0.
     *
     * <p>Known defect: the average of a queue with one movable task stays 0, so nobody takes that task.
     */
    private int balance(int here) {
        int unit = host.quirk(SchedQuirk.AVERAGE_TRUNCATED) ? 1 : UNIT;
        int worker = here;
        int highest = 0;
        for (int i = 0; i < queues.length; i++) {
            average[i] = average[i] + unit * queues[i].movable() >> 1;
            if (average[i] > highest) {
                worker = i;
                highest = average[i];
            }
        }
        return worker;
    }

    private Task steal2020(CpuState idle) {
        for (int i = topology.nextInCore(idle.id()); i != idle.id(); i = topology.nextInCore(i)) {
            Task task = queues[i].movable() == 0 ? null : catchFrom(host.cpu(i), idle);
            if (task != null) {
                return task;
            }
        }
        if (!idle.has(CpuState.FIRSTCLASS) && idle.processorSet() == 0 || host.tick() < nextSkimTick[idle.id()]) {
            return null;
        }
        nextSkimTick[idle.id()] = host.tick() + Math.max(1, skimMillis * host.hz() / 1000);
        return scan(idle);
    }

    /** All packages, the own one first. */
    private Task scan(CpuState idle) {
        int first = topology.firstOfPackage(idle.id());
        int outer = first;
        do {
            int inner = outer;
            do {
                boolean worthIt = inner != idle.id() && queues[inner].movable() >= minCatch;
                Task task = worthIt ? catchFrom(host.cpu(inner), idle) : null;
                if (task != null) {
                    return task;
                }
                inner = topology.nextInPackage(inner);
            } while (inner != outer);
            outer = topology.firstOfNextPackage(outer);
        } while (outer != first);
        return null;
    }

    /** Looks at the best priority only; a first-class CPU takes even what is cache-hot from one that is not. */
    private Task catchFrom(CpuState victim, CpuState idle) {
        RunQueue queue = queues[victim.id()];
        boolean gentle = !idle.has(CpuState.FIRSTCLASS) || victim.has(CpuState.FIRSTCLASS);
        if (queue.movable() < (gentle ? minCatch : 1) || !sameSet(idle, victim)) {
            return null;
        }
        Task task = suitable(queue.head(queue.maxPriority()), idle, gentle);
        if (task != null) {
            queue.remove(task);
        }
        return task;
    }

    private static boolean sameSet(CpuState a, CpuState b) {
        return a.processorSet() == b.processorSet();
    }

    private Task suitable(Task first, CpuState idle, boolean gentle) {
        for (Task task = first; task != null; task = task.runNext) {
            if (!task.bound() && task.allowedOn(idle) && !(gentle && heat.hot(task))) {
                return task;
            }
        }
        return null;
    }
}
