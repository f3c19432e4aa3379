// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What crosses from one scheduler to the next for one task; never an old object.
 *
 * <p>The core fills it, the old scheduler may adjust it, the new one reads it, and a rollback restores it.
 */
@ProviderType
public final class TaskRecord {
    /** State during the swap. */
    public TaskState state;
    /** CPU the task is on or was on last. */
    public CpuState cpu;
    /** Base priority, 0 to 223. */
    public int priority;
    /** OTHER, FIFO or RR. */
    public int schedClass;
    /** Stored nice value, 0 to 40. */
    public int nice;
    /** Accumulated CPU use; 2048 is one priority step, 36864 the usual most. */
    public int estcpu;
    /** Slice left, in ticks; for a running task what its CPU had left. */
    public int sliceTicks;
    /** Seconds asleep. */
    public int sleepSeconds;
    /** True for a CPU hog. */
    public boolean batch;
    /** Private data of the old scheduler, kept by the core for a rollback only. */
    Object oldData;

    /** Makes an empty record. */
    public TaskRecord() {
    }

    /** Fills the record from a task. */
    public void capture(Task task) {
        state = task.state();
        cpu = task.cpu();
        priority = task.priority();
        schedClass = task.schedClass();
        nice = task.nice();
        estcpu = task.estcpu();
        sliceTicks = task.sliceTicks();
        sleepSeconds = task.sleepSeconds();
        batch = task.batch();
        oldData = task.schedulerData();
    }

    /** Gives the task the values of the record, without private data. */
    public void apply(Task task) {
        task.setPriority(priority);
        task.setEstcpu(estcpu);
        task.setSliceTicks(sliceTicks);
        task.setBatch(batch);
        task.setSchedulerData(null);
    }

    /** Gives the task the values of the record and the private data of the old scheduler. */
    public void restore(Task task) {
        apply(task);
        task.setSchedulerData(oldData);
    }

    /** Forgets everything, so that a pooled record keeps nothing alive. */
    public void clear() {
        state = null;
        cpu = null;
        oldData = null;
    }
}
