// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.toy;

import kernel.sched.task.Task;

/** A task without a kernel, for data structures. */
public final class StubTask extends Task {
    private final String name;

    public StubTask(String name, int priority) {
        this.name = name;
        setPriority(priority);
    }

    @Override
    public int pid() {
        return 1;
    }

    @Override
    public int lid() {
        return 1;
    }

    @Override
    public String label() {
        return name;
    }
}
