// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.toy;

import kernel.sched.task.CpuMode;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;

/** A task whose body is a Java function. */
public final class ToyTask extends Task {
    private final ToyKernel kernel;
    private final int pid;
    private final int lid;
    private final int[] ticks = new int[CpuMode.values().length];
    /** What {@link #beforeSleep} answers. */
    public int before = SLEEP;
    /** What {@link #afterSleep} answers. */
    public int after;

    ToyTask(ToyKernel kernel, int pid, int lid) {
        this.kernel = kernel;
        this.pid = pid;
        this.lid = lid;
    }

    void body(Runnable work) {
        work.run();
        become(TaskState.LSZOMB);
        kernel.dispatcher.exit();
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public int lid() {
        return lid;
    }

    @Override
    public void ticked(CpuMode mode) {
        ticks[mode.ordinal()]++;
    }

    /** Ticks of the statistics clock that were charged to it in that mode. */
    public int ticks(CpuMode mode) {
        return ticks[mode.ordinal()];
    }

    @Override
    public int beforeSleep() {
        return before;
    }

    @Override
    public int afterSleep() {
        return after;
    }
}
