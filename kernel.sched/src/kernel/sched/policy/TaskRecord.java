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

    /** What the task had when the swap began, for a rollback. */
    private Object oldData;
    private int oldPriority;
    private int oldEstcpu;
    private int oldSliceTicks;
    private boolean oldBatch;

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
        oldPriority = priority;
        oldEstcpu = estcpu;
        oldSliceTicks = sliceTicks;
        oldBatch = batch;
    }

    /** Gives the task the values of the record, without private data. */
    public void apply(Task task) {
        task.setPriority(priority);
        task.setEstcpu(estcpu);
        task.setSliceTicks(sliceTicks);
        task.setBatch(batch);
        task.setSchedulerData(null);
    }

    /**
     * Gives the task back what it had at {@link #capture}, whatever was changed since in it or in the record.
     *
     * <p>Private data that the old scheduler has made anew stays.
     */
    public void restore(Task task) {
        task.setPriority(oldPriority);
        task.setEstcpu(oldEstcpu);
        task.setSliceTicks(oldSliceTicks);
        task.setBatch(oldBatch);
        if (task.schedulerData() == null) {
            task.setSchedulerData(oldData);
        }
    }

    /** Forgets everything, so that a pooled record keeps nothing alive. */
    public void clear() {
        state = null;
        cpu = null;
        oldData = null;
    }
}
