// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import java.util.Arrays;
import kernel.sched.policy.TaskRecord;
import kernel.sched.task.Task;

/** Tasks and their records during a swap, kept between swaps so that a swap allocates next to nothing. */
final class RecordPool {
    private static final int KEEP = 16_384;

    private Task[] tasks = new Task[0];
    private TaskRecord[] records = new TaskRecord[0];
    private int size;
    private int mark;

    /** Starts a swap of at most {@code count} tasks. */
    void reserve(int count) {
        int had = records.length;
        if (had < count) {
            tasks = new Task[count];
            records = Arrays.copyOf(records, count);
            for (int i = had; i < count; i++) {
                records[i] = new TaskRecord();
            }
        }
        size = 0;
        mark++;
    }

    /** Adds a task and fills its record; false when this swap has it already. */
    boolean addOnce(Task task) {
        if (task.swapMark == mark || size == tasks.length) {
            return false;
        }
        task.swapMark = mark;
        tasks[size] = task;
        records[size].capture(task);
        size++;
        return true;
    }

    int size() {
        return size;
    }

    Task task(int index) {
        return tasks[index];
    }

    TaskRecord record(int index) {
        return records[index];
    }

    /** Lets go of everything the last swap used. */
    void clear() {
        for (int i = 0; i < size; i++) {
            tasks[i] = null;
            records[i].clear();
        }
        size = 0;
        if (records.length > KEEP) {
            records = Arrays.copyOf(records, KEEP);
            tasks = new Task[KEEP];
        }
    }
}
