// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.function.Consumer;
import kernel.sched.task.Task;

/** All tasks of a kernel, oldest first. */
final class TaskList {
    private Task first;
    private Task last;
    private int size;
    private long nextSerial;

    void add(Task task) {
        task.setSerial(nextSerial++);
        task.allPrevious = last;
        task.allNext = null;
        if (last == null) {
            first = task;
        } else {
            last.allNext = task;
        }
        last = task;
        size++;
    }

    void remove(Task task) {
        if (task.allPrevious == null) {
            first = task.allNext;
        } else {
            task.allPrevious.allNext = task.allNext;
        }
        if (task.allNext == null) {
            last = task.allPrevious;
        } else {
            task.allNext.allPrevious = task.allPrevious;
        }
        task.allNext = null;
        task.allPrevious = null;
        size--;
    }

    Task first() {
        return first;
    }

    int size() {
        return size;
    }

    void forEach(Consumer<Task> visitor) {
        for (Task task = first; task != null; task = task.allNext) {
            visitor.accept(task);
        }
    }
}
