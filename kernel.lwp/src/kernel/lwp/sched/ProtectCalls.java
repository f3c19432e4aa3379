// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.sched;

import static kernel.lwp.sched.SchedCalls.call;

import java.util.List;
import kernel.lwp.proc.CallSet;
import kernel.lwp.proc.Lwp;
import kernel.sched.errno.Errno;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** _sched_protect: priority ceilings, for PTHREAD_PRIO_PROTECT. The kernels from 2017 on have it. */
final class ProtectCalls {
    private static final int LEAVE = -1;

    private ProtectCalls() {
    }

    static List<SyscallDescriptor> all() {
        return List.of(call("_sched_protect", 351, ResultKind.DECIMAL, ProtectCalls::protect,
                Parameter.in("priority", ParameterType.INT)));
    }

    /** -1 leaves the last ceiling, anything below asks for it, the rest enters one. */
    private static int protect(SyscallFrame f) {
        Lwp l = SchedCalls.caller(f);
        if (!CallSet.has(l.proc(), CallSet.SCHED_PROTECT)) {
            return Errno.ENOSYS;
        }
        int priority = f.intArg(0);
        if (priority == LEAVE) {
            return leave(l);
        }
        if (priority < LEAVE) {
            if (l.protectPriority() == Priority.NONE) {
                return Errno.ENOENT;
            }
            f.result(l.protectPriority() - Priority.USER_RT);
            return 0;
        }
        int ceiling = Priority.USER_RT + priority;
        if (priority > Priority.SCHED_PRI_MAX || l.priority() > ceiling) {
            return Errno.EPERM;
        }
        l.setProtectDepth(l.protectDepth() + 1);
        if (l.schedClass() != SchedClass.OTHER && ceiling > l.protectPriority()) {
            l.setProtectPriority(ceiling);
        }
        return 0;
    }

    private static int leave(Lwp l) {
        if (l.protectDepth() == 0) {
            return Errno.EINVAL;
        }
        l.setProtectDepth(l.protectDepth() - 1);
        if (l.protectDepth() == 0) {
            l.setProtectPriority(Priority.NONE);
        }
        return 0;
    }
}
