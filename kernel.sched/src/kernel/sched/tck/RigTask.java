// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.engine.Cpu;

/** A task whose body is a Java function. */
final class RigTask extends Task {
    private final SchedRig rig;
    private final int pid;
    private final int lid;
    /** Where it ran since somebody cleared this, as bits. */
    long ranOn;

    RigTask(SchedRig rig, int pid, int lid) {
        this.rig = rig;
        this.pid = pid;
        this.lid = lid;
    }

    void body(Runnable work) {
        work.run();
        become(TaskState.LSZOMB);
        rig.dispatcher.exit();
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
    public void switchedIn(Cpu on) {
        ranOn |= 1L << on.id();
    }

    /** Virtual time on a CPU, including what it has now. */
    long ranNanos() {
        return accounting().runNanos();
    }
}
