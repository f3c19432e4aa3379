// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.ResourceUsage;

/** What a wait for a child found out; made by the caller of {@link ChildWait#await}, filled by it. */
public final class ChildStatus {
    int status;
    ResourceUsage usage = ResourceUsage.NONE;

    /** The status as {@code wait4} stores it. */
    public int status() {
        return status;
    }

    /** What the child and its children have used; nothing unless it exited. */
    public ResourceUsage usage() {
        return usage;
    }
}
