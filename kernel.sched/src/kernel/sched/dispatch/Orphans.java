// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.function.Consumer;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;

/** Runnable tasks that no scheduler keeps, first come first served. */
final class Orphans {
    private Task head;
    private Task tail;
    private int count;

    void add(Task task) {
        task.runPrevious = tail;
        task.runNext = null;
        if (tail == null) {
            head = task;
        } else {
            tail.runNext = task;
        }
        tail = task;
        count++;
    }

    void remove(Task task) {
        if (task.runPrevious == null) {
            head = task.runNext;
        } else {
            task.runPrevious.runNext = task.runNext;
        }
        if (task.runNext == null) {
            tail = task.runPrevious;
        } else {
            task.runNext.runPrevious = task.runPrevious;
        }
        task.runNext = null;
        task.runPrevious = null;
        count--;
    }

    Task head() {
        return head;
    }

    int count() {
        return count;
    }

    void clear() {
        head = null;
        tail = null;
        count = 0;
    }

    int countOn(CpuState cpu) {
        int found = 0;
        for (Task task = head; task != null; task = task.runNext) {
            found += task.cpu() == cpu ? 1 : 0;
        }
        return found;
    }

    void forEachOn(CpuState cpu, Consumer<Task> visitor) {
        forEach(task -> {
            if (task.cpu() == cpu) {
                visitor.accept(task);
            }
        });
    }

    void forEach(Consumer<Task> visitor) {
        for (Task task = head; task != null; task = task.runNext) {
            visitor.accept(task);
        }
    }
}
