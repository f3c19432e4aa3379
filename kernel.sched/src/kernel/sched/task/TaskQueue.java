// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import java.util.function.Consumer;

import org.osgi.annotation.versioning.ProviderType;

/** A queue of sleepers as a task sees it; the sleep queues of the kernel implement it. */
@ProviderType
public interface TaskQueue {
    /** Shows all members in queue order. */
    void forEach(Consumer<Task> visitor);

    /** Takes the task out. */
    void remove(Task task);

    /** Moves the task to the place that its effective priority asks for. */
    void reposition(Task task);
}
