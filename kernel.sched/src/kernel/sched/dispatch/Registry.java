// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.engine.KernelPanic;

/** Takes tasks in and forgets them (the scheduling part of lwp_create and lwp_free). */
final class Registry {
    private final Dispatcher dispatcher;
    private final TaskList tasks = new TaskList();
    private final Housekeeping housekeeping;

    Registry(Dispatcher dispatcher, Housekeeping housekeeping) {
        this.dispatcher = dispatcher;
        this.housekeeping = housekeeping;
    }

    TaskList tasks() {
        return tasks;
    }

    void register(Task child, Task parent, Runnable body) {
        if (child.serial() >= 0 || child.state() != TaskState.LSIDL) {
            throw new KernelPanic("task rule: task " + child + " is registered already or is not LSIDL");
        }
        if (parent != null) {
            child.setPriority(parent.priority());
            child.setSchedClass(parent.schedClass());
            child.setNice(parent.nice());
            child.setAffinity(parent.affinity());
            child.setProcessorSet(parent.processorSet());
        }
        child.setCpu(parent == null || parent.cpu() == null ? dispatcher.here() : parent.cpu());
        child.setContext(dispatcher.engine().contexts().create(body));
        tasks.add(child);
        housekeeping.add(child);
        dispatcher.engine().events().log(Events.FORK, child.pid(), child.lid(), parent == null ? -1 : parent.serial());
        dispatcher.port().inform("forked", s -> s.forked(parent, child));
    }

    void unregister(Task task) {
        if (task.onCpu() || task.state() == TaskState.LSRUN || task.sleepQueue() != null) {
            throw new KernelPanic("task rule: task " + task + " is freed while " + task.state());
        }
        dispatcher.port().inform("exited", s -> s.exited(task));
        tasks.remove(task);
        housekeeping.remove(task);
        if (task.context() != null) {
            dispatcher.engine().abandon(task.context());
            task.setContext(null);
        }
    }
}
