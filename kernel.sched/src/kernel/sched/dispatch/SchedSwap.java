// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.policy.Scheduler;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;

/**
 * Replaces the scheduler: queued tasks in queue order first, then all others, each exactly once.
 *
 * <p>Export empties the old scheduler; a rollback fills it again from the same records.
 */
final class SchedSwap implements SlotSwap {
    private final Dispatcher dispatcher;
    private final SchedulerPort port;
    private final VariantHandle next;
    private final RecordPool pool;
    private final Scheduler oldScheduler;
    private final String oldVariant;
    private VariantHandle oldHandle;
    private int queuedCount;
    private int moved;
    private int taken;
    private String listingProblem;

    SchedSwap(Dispatcher dispatcher, VariantHandle next, RecordPool pool) {
        this.dispatcher = dispatcher;
        this.port = dispatcher.port();
        this.next = next;
        this.pool = pool;
        oldScheduler = port.active();
        oldVariant = port.guard().variant();
    }

    @Override
    public void export() throws SwapException {
        pool.reserve(dispatcher.tasks().size());
        try {
            listQueued();
            queuedCount = pool.size();
            addOthers();
            takeAll();
            checkEmptied();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw new SwapException("scheduler " + oldVariant + " failed to give up its tasks: " + e, e);
        }
        moved = pool.size();
    }

    @Override
    public void importState() throws SwapException {
        if (next == null) {
            return;
        }
        Scheduler scheduler = (Scheduler) next.instance();
        dispatcher.callout().beginImport();
        try {
            scheduler.attach(dispatcher.host());
            dispatcher.tunables().apply(scheduler);
            give(scheduler);
            checkFilled(scheduler);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw new SwapException("scheduler " + next.variant() + " failed to take the tasks: " + e, e);
        }
    }

    private void give(Scheduler scheduler) {
        for (int i = 0; i < pool.size(); i++) {
            Task task = pool.task(i);
            TaskRecord record = pool.record(i);
            record.apply(task);
            scheduler.importTask(task, record);
            if (i < queuedCount) {
                enqueue(scheduler, task);
            }
        }
    }

    @Override
    public void commit() {
        port.orphans().clear();
        if (next == null) {
            port.install(null);
            adoptOrphans();
        } else {
            port.install((Scheduler) next.instance());
        }
        dispatcher.callout().handOver();
        oldHandle = port.guard().fill(next);
        pool.clear();
        if (next != null && queuedCount > 0) {
            dispatcher.resched().pokeAll();
        }
    }

    @Override
    public void rollback() {
        dispatcher.callout().abandonImport();
        try {
            if (taken > 0) {
                restoreOld();
            }
        } finally {
            pool.clear();
        }
    }

    @Override
    public VariantHandle release() {
        return oldHandle;
    }

    @Override
    public int moved() {
        return moved;
    }

    private void listQueued() throws SwapException {
        listingProblem = null;
        if (oldScheduler == null) {
            port.orphans().forEach(this::listOne);
        } else {
            for (int i = 0; i < dispatcher.cpuCount(); i++) {
                CpuState cpu = dispatcher.cpu(i);
                oldScheduler.forEachQueued(cpu, this::listOne);
            }
        }
        if (listingProblem == null && pool.size() != port.queued()) {
            listingProblem = pool.size() + " queued tasks where " + port.queued() + " are runnable";
        }
        if (listingProblem != null) {
            throw new SwapException("scheduler " + oldVariant + " shows " + listingProblem);
        }
    }

    private void listOne(Task task) {
        if (task.state() != TaskState.LSRUN) {
            listingProblem = "task " + task + ", which is " + task.state();
        } else if (!pool.addOnce(task)) {
            listingProblem = "task " + task + " twice";
        }
    }

    private void addOthers() {
        if (pool.size() == dispatcher.tasks().size()) {
            return;
        }
        for (Task task = dispatcher.tasks().first(); task != null; task = task.allNext) {
            if (task.state() != TaskState.LSRUN && pool.addOnce(task) && task.state() == TaskState.LSONPROC) {
                pool.record(pool.size() - 1).sliceTicks = task.cpu().ticks();
            }
        }
    }

    private void takeAll() {
        for (int i = 0; oldScheduler != null && i < pool.size(); i++) {
            Task task = pool.task(i);
            if (i < queuedCount) {
                oldScheduler.dequeue(task);
            }
            // From here on a rollback has to give it back, also when the next call throws.
            taken = i + 1;
            oldScheduler.exportTask(task, pool.record(i));
        }
        taken = pool.size();
    }

    private void checkEmptied() throws SwapException {
        for (int i = 0; oldScheduler != null && i < dispatcher.cpuCount(); i++) {
            int left = oldScheduler.runnable(dispatcher.cpu(i));
            if (left != 0) {
                throw new SwapException("scheduler " + oldVariant + " keeps " + left + " tasks on cpu" + i);
            }
        }
    }

    private void enqueue(Scheduler scheduler, Task task) {
        task.runNext = null;
        task.runPrevious = null;
        task.runLevel = -1;
        scheduler.enqueue(task, false);
    }

    private void checkFilled(Scheduler scheduler) throws SwapException {
        int total = 0;
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            total += scheduler.runnable(dispatcher.cpu(i));
        }
        if (total != queuedCount) {
            throw new SwapException("scheduler " + next.variant() + " has " + total + " queued tasks after taking "
                    + queuedCount);
        }
    }

    /** Gives the old scheduler back what was taken from it, in the same order. */
    private void restoreOld() {
        int out = takeOutTheRest();
        for (int i = 0; i < Math.max(taken, out); i++) {
            Task task = pool.task(i);
            if (i < taken) {
                takeBack(task, pool.record(i));
            }
            if (i < out) {
                enqueue(oldScheduler, task);
            }
        }
        if (oldScheduler == null) {
            port.orphans().clear();
            adoptOrphans();
        }
    }

    /** When only some were given up: the others leave their queues too, so that all come back in the old order. */
    private int takeOutTheRest() {
        int out = oldScheduler == null ? 0 : Math.min(taken, queuedCount);
        try {
            while (oldScheduler != null && out < queuedCount) {
                oldScheduler.dequeue(pool.task(out));
                out++;
            }
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            System.getLogger(SchedSwap.class.getName()).log(System.Logger.Level.DEBUG,
                    "scheduler " + oldVariant + " keeps the rest of its tasks, before those that come back", e);
        }
        return out;
    }

    private void takeBack(Task task, TaskRecord record) {
        task.setSchedulerData(null);
        if (oldScheduler != null) {
            oldScheduler.importTask(task, record);
        }
        record.restore(task);
    }

    private void adoptOrphans() {
        for (int i = 0; i < queuedCount; i++) {
            port.orphans().add(pool.task(i));
        }
    }
}
