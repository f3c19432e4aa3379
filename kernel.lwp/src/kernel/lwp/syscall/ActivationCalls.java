// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.proc.CallSet;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/**
 * sa_register and sa_enable of kern_sa.c (2009), as far as the LWP calls look at what they set.
 *
 * <p>DEVIATION: there are no upcalls and no virtual processors; the process is only marked, and its LWPs go on as
 * before.
 */
final class ActivationCalls {
    private ActivationCalls() {
    }

    static List<SyscallDescriptor> all() {
        return List.of(
                call("sa_register", 330, ResultKind.NONE, ActivationCalls::register,
                        Parameter.in("new", ParameterType.CODE),
                        Parameter.out("old", ParameterType.WORD_CELL),
                        Parameter.in("flags", ParameterType.INT),
                        Parameter.in("stackinfo_offset", ParameterType.LONG)),
                call("sa_enable", 332, ResultKind.NONE, ActivationCalls::enable));
    }

    private static int register(SyscallFrame f) {
        int error = change(f, Proc::registerActivations);
        return error != 0 || f.arg(1) == 0 ? error : Calls.copyoutPointer(f, 0, f.arg(1));
    }

    private static int enable(SyscallFrame f) {
        return Calls.caller(f).proc().saRegistered() ? change(f, Proc::enableActivations)
                : CallSet.has(Calls.caller(f).proc(), CallSet.ACTIVATIONS) ? Errno.EINVAL : Errno.ENOSYS;
    }

    private static int change(SyscallFrame f, Consumer<Proc> mark) {
        Lwp l = Calls.caller(f);
        if (!CallSet.has(l.proc(), CallSet.ACTIVATIONS)) {
            return Errno.ENOSYS;
        }
        l.proc().lock().enter();
        mark.accept(l.proc());
        l.proc().lock().exit();
        return 0;
    }
}
