// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import org.osgi.annotation.versioning.ConsumerType;

/** The kernel side of one system call. One handler serves all processes of all kernels: it has no state. */
@ConsumerType
@FunctionalInterface
public interface SyscallHandler {
    /**
     * Executes the call for the LWP of the frame; may block through {@code kernel.sched} only.
     *
     * <p>Runs on the calling LWP, no lock held, its address space active. A value is stored with
     * {@link SyscallFrame#result}; the frame starts with result 0.
     *
     * @return 0, an errno, or one of the internal codes {@code Errno.ERESTART} and {@code Errno.EJUSTRETURN}
     */
    int call(SyscallFrame frame);
}
