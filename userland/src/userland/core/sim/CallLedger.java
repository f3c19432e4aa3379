// SPDX-License-Identifier: BSD-2-Clause
package userland.core.sim;

import java.util.Map;
import java.util.TreeMap;
import kernel.lwp.kernel.SyscallListener;
import kernel.lwp.proc.Lwp;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.SyscallDescriptor;

/** Counts the system calls of a run and the errors they ended with. Engine thread only. */
final class CallLedger implements SyscallListener {
    private final Map<String, Long> errors = new TreeMap<>();
    private long calls;

    @Override
    public void entered(Lwp l, SyscallDescriptor call) {
        // Counted when it returns.
    }

    @Override
    public void left(Lwp l, SyscallDescriptor call, int error) {
        calls++;
        if (error != 0) {
            errors.merge(Errno.name(error), 1L, Long::sum);
        }
    }

    long calls() {
        return calls;
    }

    Map<String, Long> errors() {
        return errors;
    }
}
