// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/** What a task is blocked on, when that has an owner whom waiting concerns. */
@ProviderType
public interface WaitObject {
    /** Name for people. */
    String name();

    /** The task that must let go first, or null. */
    Task owner();

    /** Tells the object that the effective priority of one of its waiters changed. */
    void waiterPriorityChanged(Task waiter);
}
