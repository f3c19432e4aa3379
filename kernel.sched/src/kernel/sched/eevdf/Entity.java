// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.eevdf;

import kernel.sched.task.Task;

/** What EEVDF keeps for one task; virtual times are nanoseconds of a task of weight 1024. */
final class Entity {
    final Task task;
    /** The queue whose average it takes part in, or null. */
    FairQueue queue;
    Entity previous;
    Entity next;
    int weight;
    /** Virtual run time. */
    long virtualNanos;
    /** Virtual time by which the current request should be served. */
    long deadline;
    /** How far it was behind the average when it left its last queue. */
    long lag;
    /** Rest of the request it left with, or -1 when it starts a new one. */
    long unserved = -1;
    /** Up to when its run time is accounted. */
    long accountedNanos;
    /** Asleep, but still on its queue because it has negative lag. */
    boolean delayed;
    /** True after its request was served while it ran. */
    boolean served;
    /** True until it was placed for the first time. */
    boolean fresh = true;
    /** Ticks of round robin used up. */
    int usedTicks;

    Entity(Task task, int weight) {
        this.task = task;
        this.weight = weight;
    }

    /** Length in virtual time of a real time. */
    long virtual(long nanos) {
        return nanos * Weights.NEUTRAL / weight;
    }
}
