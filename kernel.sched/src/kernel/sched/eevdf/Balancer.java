// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import kernel.sched.policy.SchedulerHost;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/**
 * Moves a waiting task from the busiest CPU to the one with the least weight, again and again, so that three tasks that
 * compute take turns on two CPUs.
 *
 * <p>DEVIATION: one balancer looks at all CPUs at once; Linux has one for each CPU and each scheduling domain.
 */
final class Balancer {
    /** UNCONFIRMED: the time between two turns, 16 ms for each CPU as when all are busy, but not more than a second. */
    private static final int MILLIS_PER_CPU = 16;
    private static final int MOST_MILLIS = 1000;
    /** UNCONFIRMED: the busiest CPU has at least 17 percent more than the other. */
    private static final int PERCENT = 117;

    private final SchedulerHost host;
    private final Eevdf scheduler;
    private final CpuChoice choice;
    private boolean on = true;

    Balancer(SchedulerHost host, Eevdf scheduler, CpuChoice choice) {
        this.host = host;
        this.scheduler = scheduler;
        this.choice = choice;
    }

    boolean on() {
        return on;
    }

    void setOn(boolean balances) {
        on = balances;
    }

    void start() {
        if (host.cpuCount() > 1) {
            host.callAfter(Math.max(1, Math.min(MILLIS_PER_CPU * host.cpuCount(), MOST_MILLIS) * host.hz() / 1000));
        }
    }

    void timeout() {
        if (on) {
            balance();
        }
        start();
    }

    private void balance() {
        CpuState least = null;
        for (int i = 0; i < host.cpuCount(); i++) {
            CpuState cpu = host.cpu(i);
            boolean takes = !cpu.has(CpuState.OFFLINE) && (cpu.idle() || !RealtimeClass.has(cpu.current()));
            if (takes && (least == null || scheduler.load(cpu) < scheduler.load(least))) {
                least = cpu;
            }
        }
        Task task = least == null ? null : choice.fromBusiest(least);
        if (task != null && worthIt(task, least)) {
            host.migrate(task, least);
        }
    }

    private boolean worthIt(Task task, CpuState least) {
        long most = scheduler.load(task.cpu());
        long rest = scheduler.load(least);
        // UNCONFIRMED: a task may move when the difference then only changes its sign, so that all take turns.
        return 100 * most > PERCENT * rest && most - rest >= scheduler.weight(task);
    }
}
