// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.sched;

import static kernel.lwp.sched.SchedCalls.call;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** _sched_setparam, _sched_getparam: class and priority. {@code struct sched_param} is one int. */
final class ParameterCalls {
    private ParameterCalls() {
    }

    static List<SyscallDescriptor> all() {
        SymbolSet policies = SymbolSet.choice("SCHED_").with("NONE", SchedClass.NONE).with("OTHER", SchedClass.OTHER)
                .with("FIFO", SchedClass.FIFO).with("RR", SchedClass.RR);
        Parameter pid = Parameter.in("pid", ParameterType.INT);
        Parameter lid = Parameter.in("lid", ParameterType.INT);
        return List.of(
                call("_sched_setparam", 346, ResultKind.NONE, ParameterCalls::set, pid, lid,
                        Parameter.in("policy", ParameterType.INT, policies),
                        Parameter.in("params", ParameterType.INT_CELL)),
                call("_sched_getparam", 347, ResultKind.NONE, ParameterCalls::get, pid, lid,
                        Parameter.out("policy", ParameterType.INT_CELL),
                        Parameter.out("params", ParameterType.INT_CELL)));
    }

    private static int set(SyscallFrame f) {
        int error = f.memory().load32(f.arg(3));
        if (error != 0) {
            return error;
        }
        int priority = (int) f.memory().value();
        int policy = f.intArg(2);
        if (priority == Priority.NONE && policy == SchedClass.NONE) {
            return 0;
        }
        if (policy < SchedClass.NONE || policy > SchedClass.RR) {
            return Errno.EINVAL;
        }
        if (priority != Priority.NONE
                && (priority < Priority.SCHED_PRI_MIN || priority > Priority.SCHED_PRI_MAX)) {
            return Errno.EINVAL;
        }
        Proc p = SchedCalls.process(f, f.intArg(0));
        if (p == null) {
            return Errno.ESRCH;
        }
        p.lock().enter();
        error = setAll(f, p, policy, priority);
        p.lock().exit();
        return error;
    }

    /** Stops at the first LWP that cannot be changed; those before it stay changed. */
    private static int setAll(SyscallFrame f, Proc p, int policy, int priority) {
        int lid = f.intArg(1);
        int found = 0;
        for (Lwp l = p.newestLwp(); l != null; l = l.nextInProcess()) {
            if (lid == 0 || lid == l.lid()) {
                found++;
                int error = setOne(f, l, policy == SchedClass.NONE ? l.schedClass() : policy, priority);
                if (error != 0) {
                    return error;
                }
            }
        }
        return found == 0 ? Errno.ESRCH : 0;
    }

    private static int setOne(SyscallFrame f, Lwp l, int policy, int priority) {
        if (policy == SchedClass.OTHER && priority != Priority.NONE) {
            return Errno.EINVAL;
        }
        int wanted = convert(l, policy, priority);
        boolean mayRaise = SchedCalls.superuser(f);
        boolean lowers = (policy == l.schedClass() || policy == SchedClass.OTHER) && wanted <= l.priority();
        if (!mayRaise && !(SchedCalls.sameUser(f, l.proc()) && lowers)) {
            return Errno.EPERM;
        }
        SchedCalls.processes(f).dispatcher().setClass(l, policy, wanted);
        return 0;
    }

    private static int convert(Lwp l, int policy, int priority) {
        if (priority != Priority.NONE) {
            return Priority.USER_RT + priority;
        }
        if (l.schedClass() == policy) {
            return l.priority();
        }
        if (l.schedClass() == SchedClass.OTHER) {
            return Priority.USER_RT;
        }
        return policy == SchedClass.OTHER ? l.priority() - Priority.USER_RT : l.priority();
    }

    private static int get(SyscallFrame f) {
        Lwp l = SchedCalls.lwp(f, f.intArg(0), f.intArg(1));
        if (l == null) {
            return Errno.ESRCH;
        }
        if (!SchedCalls.superuser(f) && !SchedCalls.sameUser(f, l.proc())) {
            return Errno.EPERM;
        }
        int policy = l.schedClass();
        int priority = policy == SchedClass.OTHER ? Priority.NONE : l.priority() - Priority.USER_RT;
        int error = f.memory().store32(f.arg(3), priority);
        if (error == 0 && f.arg(2) != 0) {
            error = f.memory().store32(f.arg(2), policy);
        }
        return error;
    }
}
