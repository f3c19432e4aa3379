// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Ptrace;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/**
 * ptrace, as far as it is about processes and LWPs (sys_ptrace_common.c 1.53).
 *
 * <p>DEVIATION: nothing of registers, memory, single steps or system calls, because simulated programs are no machine
 * code; and a process goes on only where it stopped, so {@code addr} of PT_CONTINUE is 1.
 */
final class PtraceCalls {
    private static final long WHERE_IT_STOPPED = 1;
    private static final SymbolSet REQUESTS = SymbolSet.choice("PT_")
            .with("TRACE_ME", Ptrace.PT_TRACE_ME).with("CONTINUE", Ptrace.PT_CONTINUE).with("KILL", Ptrace.PT_KILL)
            .with("ATTACH", Ptrace.PT_ATTACH).with("DETACH", Ptrace.PT_DETACH).with("LWPINFO", Ptrace.PT_LWPINFO)
            .with("SET_EVENT_MASK", Ptrace.PT_SET_EVENT_MASK).with("GET_EVENT_MASK", Ptrace.PT_GET_EVENT_MASK)
            .with("GET_PROCESS_STATE", Ptrace.PT_GET_PROCESS_STATE).with("GET_SIGINFO", Ptrace.PT_GET_SIGINFO)
            .with("RESUME", Ptrace.PT_RESUME).with("SUSPEND", Ptrace.PT_SUSPEND)
            .with("LWPSTATUS", Ptrace.PT_LWPSTATUS).with("LWPNEXT", Ptrace.PT_LWPNEXT);

    private PtraceCalls() {
    }

    static List<SyscallDescriptor> all() {
        return List.of(call("ptrace", 26, ResultKind.NONE, PtraceCalls::ptrace,
                Parameter.in("request", ParameterType.INT, REQUESTS),
                Parameter.in("pid", ParameterType.INT),
                Parameter.in("addr", ParameterType.POINTER),
                Parameter.in("data", ParameterType.INT)));
    }

    private static int ptrace(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        Ptrace ptrace = Calls.processes(f).tracing().ptrace();
        int request = f.intArg(0);
        int error = ptrace.check(l, request, f.intArg(1));
        return error != 0 ? error : perform(f, ptrace, ptrace.target(), request);
    }

    private static int perform(SyscallFrame f, Ptrace ptrace, Proc t, int request) {
        int data = f.intArg(3);
        return switch (request) {
            case Ptrace.PT_TRACE_ME -> {
                ptrace.traceMe(t);
                yield 0;
            }
            case Ptrace.PT_ATTACH -> {
                ptrace.attach(Calls.caller(f), t);
                yield 0;
            }
            case Ptrace.PT_KILL -> {
                ptrace.kill(Calls.caller(f), t);
                yield 0;
            }
            case Ptrace.PT_CONTINUE, Ptrace.PT_DETACH -> f.arg(2) != WHERE_IT_STOPPED ? Errno.EINVAL
                    : ptrace.resume(Calls.caller(f), t, data, request == Ptrace.PT_DETACH);
            case Ptrace.PT_SUSPEND, Ptrace.PT_RESUME -> ptrace.hold(t, data, request == Ptrace.PT_SUSPEND);
            default -> new PtraceWords(f, ptrace.view(), t).perform(request);
        };
    }
}
