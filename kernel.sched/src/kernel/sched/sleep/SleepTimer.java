// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.sleep;

import kernel.sched.dispatch.Callout;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.Events;
import kernel.sched.task.Task;

/** Timeout of one task's sleeps (sleepq_timeout). */
final class SleepTimer extends Callout {
    private final Dispatcher dispatcher;
    private final Task task;

    SleepTimer(Dispatcher dispatcher, Task task) {
        super(dispatcher);
        this.dispatcher = dispatcher;
        this.task = task;
    }

    @Override
    protected void fire() {
        if (task.waitChannel() == 0) {
            return;
        }
        task.setTimedOut(true);
        dispatcher.engine().events().log(Events.TIMEOUT, task.pid(), task.lid(), 0);
        dispatcher.unsleep(task);
    }
}
