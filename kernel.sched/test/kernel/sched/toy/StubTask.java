// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.toy;

import kernel.sched.task.Task;

/** A task without a kernel, for data structures. */
public final class StubTask extends Task {
    private final String name;
    private final int pid;

    public StubTask(String name, int priority) {
        this(name, priority, 1);
    }

    public StubTask(String name, int priority, int pid) {
        this.name = name;
        this.pid = pid;
        setPriority(priority);
    }

    @Override
    public int pid() {
        return pid;
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
