// SPDX-License-Identifier: BSD-2-Clause
package bench;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;

/** A task with a function as its code, for benchmarks of floor 2. */
final class BenchTask extends Task {
    private final int lid;

    BenchTask(int lid) {
        this.lid = lid;
    }

    /** Makes and starts a task; a real-time one, from priority 128 on, keeps its priority. */
    static BenchTask start(Dispatcher dispatcher, int lid, int priority, Runnable work) {
        BenchTask task = new BenchTask(lid);
        dispatcher.register(task, null, () -> {
            work.run();
            task.become(TaskState.LSZOMB);
            dispatcher.exit();
        });
        task.setPriority(priority);
        task.setSchedClass(priority < Priority.USER_RT ? SchedClass.OTHER : SchedClass.FIFO);
        dispatcher.setRunnable(task);
        return task;
    }

    @Override
    public int pid() {
        return 1;
    }

    @Override
    public int lid() {
        return lid;
    }
}
