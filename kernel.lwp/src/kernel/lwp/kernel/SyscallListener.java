// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.proc.Lwp;
import kernel.vm.syscall.SyscallDescriptor;
import org.osgi.annotation.versioning.ConsumerType;

/** Sees system calls as they happen, on the engine thread; it only reads, and must not block or throw. */
@ConsumerType
public interface SyscallListener {
    /** An LWP enters a call; the arguments are in its frame. */
    void entered(Lwp l, SyscallDescriptor call);

    /** A call ended with 0 or an errno; a call that ends its LWP never gets here. */
    void left(Lwp l, SyscallDescriptor call, int error);
}
