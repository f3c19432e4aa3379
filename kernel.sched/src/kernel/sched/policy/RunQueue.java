// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import java.util.function.Consumer;
import kernel.sched.task.Priority;
import kernel.sched.task.Task;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Run queue of one CPU: 224 FIFO queues and a bitmap, after kern_runq.c.
 *
 * <p>A helper for schedulers that queue by effective priority. It uses the run links of the tasks, so a task can be
 * on one such queue only. All operations take constant time but {@link #forEach}.
 */
@ProviderType
public final class RunQueue {
    private static final int WORDS = Priority.COUNT / 32;

    private final Task[] heads = new Task[Priority.COUNT];
    private final Task[] tails = new Task[Priority.COUNT];
    private final int[] bitmap = new int[WORDS];
    private int maxPriority;
    private int count;
    private int movable;

    /** Makes an empty queue. */
    public RunQueue() {
    }

    /** Puts a task at the tail of the queue of its effective priority. */
    public void addLast(Task task) {
        int level = link(task);
        Task tail = tails[level];
        task.runPrevious = tail;
        task.runNext = null;
        tails[level] = task;
        if (tail == null) {
            first(level, task);
        } else {
            tail.runNext = task;
        }
    }

    /** Puts a task at the head of the queue of its effective priority. */
    public void addFirst(Task task) {
        int level = link(task);
        Task head = heads[level];
        task.runNext = head;
        task.runPrevious = null;
        heads[level] = task;
        if (head == null) {
            tails[level] = task;
            mark(level);
        } else {
            head.runPrevious = task;
        }
    }

    /** Takes a task out. */
    public void remove(Task task) {
        int level = task.runLevel;
        Task previous = task.runPrevious;
        Task next = task.runNext;
        if (level < 0 || (previous == null ? heads[level] : previous.runNext) != task) {
            throw new IllegalStateException("task " + task + " is not on this run queue");
        }
        if (previous == null) {
            heads[level] = next;
        } else {
            previous.runNext = next;
        }
        if (next == null) {
            tails[level] = previous;
        } else {
            next.runPrevious = previous;
        }
        task.runNext = null;
        task.runPrevious = null;
        task.runLevel = -1;
        count--;
        if (!task.bound()) {
            movable--;
        }
        if (heads[level] == null) {
            unmark(level);
        }
    }

    /** Removes and returns the best task, or null. */
    public Task poll() {
        if (count == 0) {
            return null;
        }
        Task task = heads[maxPriority];
        remove(task);
        return task;
    }

    /** First task of a priority, or null; go on with {@code runNext}. */
    public Task head(int level) {
        return heads[level];
    }

    /** Best priority queued; 0 when empty. */
    public int maxPriority() {
        return maxPriority;
    }

    /** Best priority queued below {@code level}, or -1. */
    public int nextLower(int level) {
        for (int p = level - 1; p >= 0; p--) {
            if (heads[p] != null) {
                return p;
            }
        }
        return -1;
    }

    /** Number of tasks. */
    public int count() {
        return count;
    }

    /** Number of tasks that are not bound to their CPU. */
    public int movable() {
        return movable;
    }

    /** True when the bit of a priority is set; bits count from the most significant end of each word. */
    public boolean marked(int level) {
        return (bitmap[level >> 5] & 0x80000000 >>> (level & 31)) != 0;
    }

    /** Shows all tasks, best first. */
    public void forEach(Consumer<Task> visitor) {
        for (int level = maxPriority; level >= 0; level--) {
            for (Task task = heads[level]; task != null; task = task.runNext) {
                visitor.accept(task);
            }
        }
    }

    private int link(Task task) {
        if (task.runLevel >= 0) {
            throw new IllegalStateException("task " + task + " is on a run queue already");
        }
        int level = task.effectivePriority();
        task.runLevel = level;
        count++;
        if (!task.bound()) {
            movable++;
        }
        return level;
    }

    private void first(int level, Task task) {
        heads[level] = task;
        mark(level);
    }

    private void mark(int level) {
        bitmap[level >> 5] |= 0x80000000 >>> (level & 31);
        if (level > maxPriority) {
            maxPriority = level;
        }
    }

    private void unmark(int level) {
        bitmap[level >> 5] &= ~(0x80000000 >>> (level & 31));
        if (level == maxPriority) {
            maxPriority = highest(level >> 5);
        }
    }

    private int highest(int fromWord) {
        for (int word = fromWord; word >= 0; word--) {
            if (bitmap[word] != 0) {
                return word * 32 + 31 - Integer.numberOfTrailingZeros(bitmap[word]);
            }
        }
        return 0;
    }
}
