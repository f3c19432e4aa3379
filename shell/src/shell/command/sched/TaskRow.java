// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;

/** A queued task, as {@code runq} lists it: CPU by CPU, best first. */
record TaskRow(int cpu, int place, String lwp, int priority, int effectivePriority, String schedClass, int nice,
        long waitNanos) {
    static TaskRow of(int cpu, int place, Task task) {
        return new TaskRow(cpu, place, task.label(), task.priority(), task.effectivePriority(),
                SchedClass.name(task.schedClass()), task.nice() - Task.NICE_NEUTRAL, task.accounting().waitNanos());
    }
}
