// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.policy.Scheduler;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.slot.Succession;
import machine.core.slot.VariantHandle;

/**
 * Takes all tasks away from a scheduler that failed and gives them to its successor.
 *
 * <p>Runnable tasks are found by their state, so what the failed one lost is found too. Their order within a priority
 * is by age.
 */
final class SchedSuccession implements Succession {
    private final Dispatcher dispatcher;
    private final SchedulerPort port;

    SchedSuccession(Dispatcher dispatcher, SchedulerPort port) {
        this.dispatcher = dispatcher;
        this.port = port;
    }

    @Override
    public void expel() {
        port.install(null);
        dispatcher.callout().handOver();
    }

    @Override
    public void succeed(VariantHandle next) {
        int evictions = port.guard().evictions();
        if (next != null) {
            takeOver((Scheduler) next.instance());
        }
        if (port.guard().evictions() == evictions) {
            collect();
        }
    }

    private void takeOver(Scheduler scheduler) {
        TaskRecord record = new TaskRecord();
        port.install(scheduler);
        port.inform("attach", s -> {
            s.attach(dispatcher.host());
            dispatcher.tunables().apply(s);
        });
        for (Task task = dispatcher.tasks().first(); task != null && port.active() == scheduler; task = task.allNext) {
            record.capture(task);
            record.apply(task);
            Task imported = task;
            port.inform("importTask", s -> s.importTask(imported, record));
        }
    }

    /** Queues every runnable task with whoever is active now; stops when that one fails too, as its eviction did it. */
    private void collect() {
        int evictions = port.guard().evictions();
        port.orphans().clear();
        port.setQueued(0);
        for (Task task = dispatcher.tasks().first(); task != null; task = task.allNext) {
            task.runNext = null;
            task.runPrevious = null;
            task.runLevel = -1;
        }
        for (Task task = dispatcher.tasks().first(); task != null && port.guard().evictions() == evictions;
                task = task.allNext) {
            if (task.state() == TaskState.LSRUN) {
                port.enqueue(task, false);
            }
        }
        if (port.guard().evictions() == evictions) {
            dispatcher.engine().events().log(Events.FAULT, port.queued(), 0, 0);
        }
    }
}
