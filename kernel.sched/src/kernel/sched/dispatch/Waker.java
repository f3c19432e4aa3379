// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.CpuState;
import kernel.sched.task.Lender;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.engine.KernelPanic;

/** Makes tasks runnable, moves them and changes their priority, whatever queue they are on. */
final class Waker {
    private final Dispatcher dispatcher;

    Waker(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** setrunnable of kern_synch.c 1.308. */
    void setRunnable(Task task) {
        switch (task.state()) {
            case LSIDL, LSSTOP, LSSUSPENDED -> {
            }
            case LSSLEEP -> {
                if (task.waitChannel() == 0) {
                    throw new KernelPanic("setrunnable rule: task " + task + " sleeps without a wait channel");
                }
            }
            default -> throw new KernelPanic("setrunnable rule: task " + task + " is " + task.state());
        }
        if (task.waitChannel() != 0) {
            if (task.state() == TaskState.LSSTOP) {
                task.become(TaskState.LSSLEEP);
            }
            unsleep(task);
        } else if (task.onCpu()) {
            task.become(TaskState.LSONPROC);
            task.setSleepSeconds(0);
        } else {
            dispatch(task, false);
        }
    }

    /** lwp_unsleep: ends a sleep before the event it waits for. */
    void unsleep(Task task) {
        if (!task.syncObject().unsleepable()) {
            throw new KernelPanic("unsleep rule: task " + task + " waits for " + task.syncObject()
                    + " and cannot be taken out");
        }
        endSleep(task);
    }

    /** sleepq_remove: the common end of every wake-up. */
    void endSleep(Task task) {
        if (task.waitChannel() == 0) {
            throw new KernelPanic("wake rule: task " + task + " has no wait channel");
        }
        if (task.state() != TaskState.LSSLEEP) {
            leaveQueue(task);
        } else if (task.onCpu()) {
            leaveQueue(task);
            task.become(TaskState.LSONPROC);
            task.setSleepSeconds(0);
        } else {
            long slept = dispatcher.tick() - task.lastSleepTick();
            task.setSleepTickSum(task.sleepTickSum() + (int) slept);
            dispatcher.port().notice(SchedulerPort.Notice.WOKEN, task);
            dispatch(task, true);
        }
    }

    private void leaveQueue(Task task) {
        if (task.sleepQueue() != null) {
            task.sleepQueue().remove(task);
            task.setSleepQueue(null);
        }
        task.setSyncObject(SyncObject.SCHED);
        task.setWaitChannel(0);
        task.setWaitObject(null);
        task.setInterruptible(false);
    }

    /**
     * Chooses a CPU and queues the task there.
     *
     * <p>The scheduler is asked everything while the task is still where it was, so that a scheduler that fails is
     * replaced with all tasks in a proper state.
     */
    private void dispatch(Task task, boolean woken) {
        CpuState target = dispatcher.port().selectCpu(task);
        dispatcher.port().notice(SchedulerPort.Notice.RUNNABLE, task);
        if (woken) {
            leaveQueue(task);
        }
        boolean moved = target != task.cpu();
        if (moved) {
            setCpu(task, target);
        }
        CpuUnit unit = dispatcher.unit(target);
        unit.queueLock.enterNow();
        task.become(TaskState.LSRUN);
        task.setSleepSeconds(0);
        task.accounting().runnable(dispatcher.engine().nowNanos(), woken);
        dispatcher.port().enqueue(task, false);
        if (moved) {
            logMigration(task);
        }
        dispatcher.engine().events().log(Events.WAKEUP, task.pid(), task.lid(), target.id());
        unit.queueLock.exit();
        dispatcher.resched().priorityArrived(target, task.effectivePriority());
    }

    /** lwp_migrate. */
    void migrate(Task task, CpuState target) {
        if (task.cpu() == target || target.has(CpuState.OFFLINE)) {
            return;
        }
        switch (task.state()) {
            case LSRUN -> {
                dispatcher.port().dequeue(task);
                setCpu(task, target);
                dispatcher.port().enqueue(task, false);
                logMigration(task);
                dispatcher.resched().priorityArrived(target, task.effectivePriority());
            }
            case LSONPROC -> {
                task.setTargetCpu(target);
                dispatcher.resched().request(task.cpu(), CpuState.RESCHED_UPREEMPT);
            }
            case LSZOMB -> {
            }
            default -> {
                if (task.onCpu()) {
                    task.setTargetCpu(target);
                } else {
                    setCpu(task, target);
                    logMigration(task);
                }
            }
        }
    }

    /** Moves a task that is on no queue; {@link #logMigration} follows when all is in order again. */
    void setCpu(Task task, CpuState target) {
        task.setCpu(target);
        task.accounting().migrated();
    }

    void logMigration(Task task) {
        dispatcher.engine().events().log(Events.MIGRATE, task.pid(), task.lid(), task.cpu().id());
    }

    void setBound(Task task, boolean bound) {
        boolean queued = task.state() == TaskState.LSRUN;
        if (queued) {
            dispatcher.port().dequeue(task);
        }
        task.setBound(bound);
        if (queued) {
            dispatcher.port().enqueue(task, false);
        }
    }

    /** lwp_changepri. */
    void changePriority(Task task, int priority) {
        if (task.priority() == priority) {
            return;
        }
        boolean queued = task.state() == TaskState.LSRUN;
        if (queued) {
            dispatcher.port().dequeue(task);
        }
        task.setPriority(priority);
        requeue(task, queued);
        dispatcher.engine().events().log(Events.PRIORITY, task.pid(), task.lid(), priority);
    }

    /** What do_sched_setparam of sys_sched.c does to one LWP. */
    void setClass(Task task, int schedClass, int priority) {
        boolean queued = task.state() == TaskState.LSRUN;
        if (queued) {
            dispatcher.port().dequeue(task);
        }
        task.setSchedClass(schedClass);
        boolean changed = task.priority() != priority;
        task.setPriority(priority);
        requeue(task, queued);
        if (changed) {
            dispatcher.engine().events().log(Events.PRIORITY, task.pid(), task.lid(), priority);
        }
    }

    /** lwp_lendpri: recomputes what the task inherits from its lenders. */
    void inherit(Task task) {
        int inherited = Lender.best(task);
        if (inherited == task.inheritedPriority()) {
            return;
        }
        boolean queued = task.state() == TaskState.LSRUN;
        if (queued) {
            dispatcher.port().dequeue(task);
        }
        task.setInheritedPriority(inherited);
        requeue(task, queued);
    }

    private void requeue(Task task, boolean wasQueued) {
        if (wasQueued) {
            dispatcher.port().enqueue(task, false);
            dispatcher.resched().priorityArrived(task.cpu(), task.effectivePriority());
        } else if (task.sleepQueue() != null) {
            task.sleepQueue().reposition(task);
            if (task.waitObject() != null) {
                task.waitObject().waiterPriorityChanged(task);
            }
        }
    }
}
