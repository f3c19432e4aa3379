// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import kernel.sched.task.Generation;
import kernel.sched.task.Task;

/** Whether the cache still holds what a task used, so that moving it would cost (lwp_cache_hot of kern_runq.c). */
final class CacheHeat {
    private static final int MILLIS_2009 = 3;
    private static final int MILLIS_2020 = 10;
    private static final int STANDARD = -1;

    private final SchedulerHost host;
    private int millis = STANDARD;

    CacheHeat(SchedulerHost host) {
        this.host = host;
    }

    int millis() {
        if (millis != STANDARD) {
            return millis;
        }
        return host.generation() == Generation.V2009 ? MILLIS_2009 : MILLIS_2020;
    }

    void setMillis(int time) {
        millis = time;
    }

    /** True when the task slept less than a second and ran a few milliseconds ago. */
    boolean hot(Task task) {
        if (task.sleepSeconds() != 0 || task.lastRunTick() == 0) {
            return false;
        }
        long ran = host.tick() - task.lastRunTick();
        long ticks = (long) millis() * host.hz() / 1000;
        return host.generation() == Generation.V2009 ? ran <= ticks : ran < ticks;
    }
}
