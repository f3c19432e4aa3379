// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.Task;

/** Stands for an idle CPU in displays and invariants; it has no code. */
final class IdleTask extends Task {
    private final int cpuNumber;

    IdleTask(int cpuNumber) {
        this.cpuNumber = cpuNumber;
        setSystem(true);
        setBound(true);
    }

    @Override
    public int pid() {
        return 0;
    }

    @Override
    public int lid() {
        return 0;
    }

    @Override
    public String label() {
        return "idle/" + cpuNumber;
    }
}
