// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.sleep;

import java.util.function.Consumer;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.lock.SpinMutex;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import kernel.sched.task.Task;
import kernel.sched.task.TaskQueue;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tasks that sleep, in the order their sync objects ask for, and the lock that protects them.
 *
 * <p>Doubly linked through the tasks. Insertion follows kern_sleepq.c 1.50 or 1.71 by the kernel's generation.
 */
@ProviderType
public final class SleepQueue implements TaskQueue {
    private final Dispatcher dispatcher;
    private final SpinMutex lock;
    private Task head;
    private Task tail;
    private int size;

    /** Makes an empty queue; several queues may share a lock. */
    public SleepQueue(Dispatcher dispatcher, SpinMutex lock) {
        this.dispatcher = dispatcher;
        this.lock = lock;
    }

    /** The lock to hold around every use. */
    public SpinMutex lock() {
        return lock;
    }

    /** First task, or null; go on with {@code sleepNext}. */
    public Task head() {
        return head;
    }

    /** Number of sleepers. */
    public int size() {
        return size;
    }

    /** True when nobody sleeps here; safe without the lock for whoever holds the interlock. */
    public boolean isEmpty() {
        return head == null;
    }

    /** First task of a process and LWP id in queue order, or null; what the 2009 unpark searches for. */
    public Task find(int pid, int lid) {
        for (Task task = head; task != null; task = task.sleepNext) {
            if (task.lid() == lid && task.pid() == pid) {
                return task;
            }
        }
        return null;
    }

    @Override
    public void forEach(Consumer<Task> visitor) {
        for (Task task = head; task != null; task = task.sleepNext) {
            visitor.accept(task);
        }
    }

    /** Takes over, at the tail, a task that sleeps already: when its queue is replaced, at a safe point. */
    public void append(Task task) {
        link(task, null);
        size++;
    }

    void insert(Task task, SyncObject.Order order) {
        switch (order) {
            case SORTED -> insertSorted(task);
            case FIFO -> link(task, null);
            case LIFO -> link(task, head);
            case DEFAULT -> link(task, dispatcher.generation() == Generation.V2009 ? null : head);
            case NULL -> throw new KernelPanic("sleep queue rule: task " + task + " belongs in no queue");
        }
        size++;
    }

    @Override
    public void remove(Task task) {
        unlink(task);
        size--;
    }

    /** A lone sleeper stays linked, so that tests for emptiness without the lock never see a false empty queue. */
    @Override
    public void reposition(Task task) {
        if (task.syncObject().order() == SyncObject.Order.SORTED && size > 1) {
            unlink(task);
            insertSorted(task);
        }
    }

    private void insertSorted(Task task) {
        int priority = task.effectivePriority();
        Task after = tail;
        while (after != null && after.effectivePriority() < priority) {
            after = after.sleepPrevious;
        }
        link(task, after == null ? head : after.sleepNext);
    }

    /** Links before {@code next}, or at the tail when it is null. */
    private void link(Task task, Task next) {
        Task previous = next == null ? tail : next.sleepPrevious;
        task.sleepNext = next;
        task.sleepPrevious = previous;
        if (previous == null) {
            head = task;
        } else {
            previous.sleepNext = task;
        }
        if (next == null) {
            tail = task;
        } else {
            next.sleepPrevious = task;
        }
    }

    private void unlink(Task task) {
        Task next = task.sleepNext;
        Task previous = task.sleepPrevious;
        if (previous == null) {
            head = next;
        } else {
            previous.sleepNext = next;
        }
        if (next == null) {
            tail = previous;
        } else {
            next.sleepPrevious = previous;
        }
        task.sleepNext = null;
        task.sleepPrevious = null;
    }
}
