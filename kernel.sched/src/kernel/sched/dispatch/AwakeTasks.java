// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kernel.sched.task.Task;

/** The tasks that the statistics visit: all but the long sleepers, oldest first. */
final class AwakeTasks {
    private Task first;
    private Task last;
    /** Some task was put behind a younger one. */
    private boolean unordered;

    void add(Task task) {
        unordered |= last != null && last.serial() > task.serial();
        task.awakePrevious = last;
        task.awakeNext = null;
        if (last == null) {
            first = task;
        } else {
            last.awakeNext = task;
        }
        last = task;
    }

    void remove(Task task) {
        if (task.awakePrevious == null) {
            first = task.awakeNext;
        } else {
            task.awakePrevious.awakeNext = task.awakeNext;
        }
        if (task.awakeNext == null) {
            last = task.awakePrevious;
        } else {
            task.awakeNext.awakePrevious = task.awakePrevious;
        }
        task.awakeNext = null;
        task.awakePrevious = null;
    }

    /** The oldest; go on with {@code awakeNext}. */
    Task first() {
        if (unordered) {
            sort();
        }
        return first;
    }

    private void sort() {
        List<Task> tasks = new ArrayList<>();
        for (Task task = first; task != null; task = task.awakeNext) {
            tasks.add(task);
        }
        tasks.sort(Comparator.comparingLong(Task::serial));
        first = null;
        last = null;
        tasks.forEach(this::add);
        unordered = false;
    }
}
