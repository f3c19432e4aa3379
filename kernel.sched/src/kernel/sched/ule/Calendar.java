// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.ule;

import java.util.function.Consumer;
import kernel.sched.task.Task;

/**
 * Time-sharing queue of one CPU: 64 slots in a circle, so that everybody is served within one revolution.
 *
 * <p>A task goes in ahead of the insertion point, the further the worse it is; tasks come out at the removal point,
 * which follows as slots run empty. Uses the run links of the tasks.
 */
final class Calendar {
    static final int SLOTS = 64;

    private final Task[] heads = new Task[SLOTS];
    private final Task[] tails = new Task[SLOTS];
    private int insertion;
    private int removal;
    private int count;

    int count() {
        return count;
    }

    /** One tick of the clock. */
    void advance() {
        if (insertion == removal) {
            insertion = (insertion + 1) % SLOTS;
            if (heads[removal] == null) {
                removal = insertion;
            }
        }
    }

    /** Slot for a task {@code badness} steps of {@code range} below the best; the next to go when preempted. */
    int slotFor(int badness, int range, boolean preempted) {
        if (preempted) {
            return removal;
        }
        int slot = (SLOTS * badness / range + insertion) % SLOTS;
        return slot == removal && removal != insertion ? (slot + SLOTS - 1) % SLOTS : slot;
    }

    void add(Task task, int slot) {
        Task tail = tails[slot];
        task.runPrevious = tail;
        task.runNext = null;
        tails[slot] = task;
        if (tail == null) {
            heads[slot] = task;
        } else {
            tail.runNext = task;
        }
        count++;
    }

    void remove(Task task, int slot) {
        Task previous = task.runPrevious;
        Task next = task.runNext;
        if ((previous == null ? heads[slot] : previous.runNext) != task) {
            throw new IllegalStateException("task " + task + " is not in slot " + slot);
        }
        if (previous == null) {
            heads[slot] = next;
        } else {
            previous.runNext = next;
        }
        if (next == null) {
            tails[slot] = previous;
        } else {
            next.runPrevious = previous;
        }
        task.runNext = null;
        task.runPrevious = null;
        count--;
        // UNCONFIRMED: the removal point leaves a slot as soon as it is empty, not with the next tick.
        if (heads[slot] == null && slot == removal && removal != insertion) {
            removal = (removal + 1) % SLOTS;
        }
    }

    /** The next to be served, or null. */
    Task first() {
        for (int i = 0; count > 0 && i < SLOTS; i++) {
            Task head = heads[(removal + i) % SLOTS];
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    /** All tasks, the next to be served first. */
    void forEach(Consumer<Task> visitor) {
        for (int i = 0; i < SLOTS; i++) {
            for (Task task = heads[(removal + i) % SLOTS]; task != null; task = task.runNext) {
                visitor.accept(task);
            }
        }
    }
}
