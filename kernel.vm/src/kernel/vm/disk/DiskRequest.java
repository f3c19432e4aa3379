// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.disk;

import org.osgi.annotation.versioning.ConsumerType;

/** A transfer of neighbouring pages, submitted with {@link Disk#submit}; may be used again once it is done. */
@ConsumerType
public abstract class DiskRequest {
    DiskRequest next;

    /** How many pages it transfers. */
    public abstract int pages();

    /** Whether the pages go to the disk. */
    public abstract boolean write();

    /** The transfer is over. Called in an interrupt, or at a safe point; must neither block nor interleave. */
    protected abstract void done();
}
