// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/**
 * Moves tasks from crowded CPUs to others every second or so (sched_balance), so that three tasks that compute take turns on
 * two CPUs.
 */
final class Balancer {
    private final SchedulerHost host;
    private final Ule scheduler;
    private final Placement placement;
    private boolean on = true;

    Balancer(SchedulerHost host, Ule scheduler, Placement placement) {
        this.host = host;
        this.scheduler = scheduler;
        this.placement = placement;
    }

    boolean on() {
        return on;
    }

    void setOn(boolean balances) {
        on = balances;
    }

    /** Asks for the next turn, at random between half a second and one and a half. */
    void start() {
        if (host.cpuCount() > 1) {
            host.callAfter(host.hz() / 2 + (int) Math.floorMod(host.random(), (long) host.hz()));
        }
    }

    void timeout() {
        if (on) {
            balance();
        }
        start();
    }

    /** Each CPU in turn, the most loaded first, gives one task to the least loaded of those that have not given any. */
    private void balance() {
        boolean[] gave = new boolean[host.cpuCount()];
        // UNCONFIRMED: one task for each pair of CPUs.
        for (CpuState high = highest(gave); high != null; high = highest(gave)) {
            gave[high.id()] = true;
            give(high, gave);
        }
    }

    private CpuState highest(boolean[] gave) {
        CpuState highest = null;
        for (int i = 0; i < gave.length; i++) {
            CpuState cpu = host.cpu(i);
            boolean worthIt = !gave[i] && scheduler.runnable(cpu) > 0 && scheduler.load(cpu) > 1;
            if (worthIt && (highest == null || scheduler.load(cpu) > scheduler.load(highest))) {
                highest = cpu;
            }
        }
        return highest;
    }

    private void give(CpuState high, boolean[] gave) {
        CpuState low = null;
        for (int i = 0; i < gave.length; i++) {
            CpuState cpu = host.cpu(i);
            // UNCONFIRMED: a difference of one is enough, so that tasks rotate where they cannot be divided evenly.
            boolean less = scheduler.load(cpu) < (low == null ? scheduler.load(high) : scheduler.load(low));
            if (!gave[i] && less && placement.movable(high, cpu) != null) {
                low = cpu;
            }
        }
        if (low != null) {
            Task task = placement.movable(high, low);
            host.migrate(task, low);
        }
    }
}
