// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told about the lives of processes and LWPs, for reports.
 *
 * <p>Called on the engine thread in the middle of kernel code: it only reads, and must not block, throw or post
 * to the kernel and wait.
 */
@ConsumerType
public interface ProcessObserver {
    /** An LWP is about to become a zombie; its figures are final but for the last switch. */
    default void lwpExited(Lwp lwp) {
    }

    /** A process has exited; its last LWP was reported before. */
    default void procExited(Proc proc) {
    }
}
