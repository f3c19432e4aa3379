// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Processes;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** getcontext and setcontext, which is also how a handler returns. */
final class ContextCalls {
    private ContextCalls() {
    }

    static List<SyscallDescriptor> all() {
        return List.of(
                call("getcontext", 307, ResultKind.NONE, ContextCalls::get,
                        Parameter.out("ucp", ParameterType.UCONTEXT)),
                call("setcontext", 308, ResultKind.NONE, ContextCalls::set,
                        Parameter.in("ucp", ParameterType.UCONTEXT)));
    }

    private static int get(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        Processes processes = Calls.processes(f);
        UserContextCodec codec = processes.codec();
        byte[] bytes = processes.contexts().encode(processes.contexts().of(l));
        int error = f.memory().copyout(bytes, 0, bytes.length, f.arg(0));
        if (codec != processes.codec()) {
            return Errno.ERESTART;
        }
        l.madeContextBytes(bytes.length);
        return error;
    }

    private static int set(SyscallFrame f) {
        return Calls.processes(f).contexts().restore(Calls.caller(f), f.arg(0));
    }
}
