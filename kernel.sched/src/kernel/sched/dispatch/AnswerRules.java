// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;

/** What is wrong with the answer of a scheduler. */
final class AnswerRules {
    private final Dispatcher dispatcher;

    AnswerRules(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Why a task cannot run on that CPU now, or null. */
    String problem(Task task, CpuState cpu) {
        if (task.state() != TaskState.LSRUN) {
            return "task " + task + " is " + task.state() + ", not LSRUN";
        }
        if (!dispatcher.owns(task.cpu())) {
            return "task " + task + " belongs to another kernel";
        }
        if (task.bound()) {
            // Being bound counts for more than an affinity or a processor set.
            return task.cpu() == cpu ? null
                    : "task " + task + " is bound to " + task.cpu() + " and was picked for " + cpu;
        }
        if (!permits(task, cpu)) {
            return "task " + task + " may run on " + allowed(task) + " and was picked for " + cpu;
        }
        return null;
    }

    /** Whether that is a CPU for the task; any is when it has none left, its processor set being empty or offline. */
    boolean permits(Task task, CpuState cpu) {
        return cpu != null && dispatcher.owns(cpu)
                && (task.allowedOn(cpu) || !dispatcher.processorSets().hasCpuFor(task));
    }

    /** Says that a CPU was the wrong choice. */
    String misplaced(CpuState cpu, Task task) {
        return "it chose " + cpu + " for task " + task + ", which may run on " + allowed(task);
    }

    private static String allowed(Task task) {
        return task.affinity() == null ? "any CPU of processor set " + task.processorSet()
                : task.affinity().toString();
    }

    /** Where a task goes when nobody decides: its own CPU, or the first it is allowed on. */
    CpuState homeOf(Task task) {
        if (task.cpu() != null && task.allowedOn(task.cpu())) {
            return task.cpu();
        }
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            if (task.allowedOn(dispatcher.cpu(i))) {
                return dispatcher.cpu(i);
            }
        }
        return dispatcher.cpu(0);
    }
}
