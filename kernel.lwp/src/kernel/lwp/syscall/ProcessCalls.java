// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.machine.ResourceUsage;
import kernel.lwp.machine.RusageWords;
import kernel.lwp.proc.ChildStatus;
import kernel.lwp.proc.ChildWait;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Processes;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** exit, getpid, kill, wait4, getrusage, sched_yield. */
final class ProcessCalls {
    static final SymbolSet SIGNALS = signals();
    private static final SymbolSet WAIT_FLAGS = SymbolSet.bits("W").with("NOHANG", ChildWait.WNOHANG)
            .with("UNTRACED", ChildWait.WUNTRACED).with("CONTINUED", ChildWait.WCONTINUED)
            .with("NOWAIT", ChildWait.WNOWAIT);

    private static final int RUSAGE_SELF = 0;
    private static final int RUSAGE_CHILDREN = -1;
    private static final SymbolSet WHO = SymbolSet.choice("RUSAGE_").with("SELF", RUSAGE_SELF)
            .with("CHILDREN", RUSAGE_CHILDREN);

    private ProcessCalls() {
    }

    private static SymbolSet signals() {
        SymbolSet set = SymbolSet.choice("SIG");
        for (int signo = 1; signo <= Signal.SIGPWR; signo++) {
            set = set.with(Signal.name(signo).substring("SIG".length()), signo);
        }
        return set;
    }

    static List<SyscallDescriptor> all() {
        return List.of(
                call("exit", 1, ResultKind.NONE, ProcessCalls::exit, Parameter.in("status", ParameterType.INT)),
                call("wait4", 449, ResultKind.DECIMAL, ProcessCalls::await,
                        Parameter.in("pid", ParameterType.INT),
                        Parameter.out("status", ParameterType.INT_CELL),
                        Parameter.in("options", ParameterType.INT, WAIT_FLAGS),
                        Parameter.out("rusage", ParameterType.RUSAGE)),
                call("__getrusage50", 445, ResultKind.NONE, ProcessCalls::usage,
                        Parameter.in("who", ParameterType.INT, WHO),
                        Parameter.out("rusage", ParameterType.RUSAGE)),
                call("getpid", 20, ResultKind.DECIMAL, ProcessCalls::getpid),
                call("kill", 37, ResultKind.NONE, ProcessCalls::kill,
                        Parameter.in("pid", ParameterType.INT),
                        Parameter.in("signo", ParameterType.INT, SIGNALS)),
                call("sched_yield", 350, ResultKind.NONE, ProcessCalls::yield));
    }

    private static int exit(SyscallFrame f) {
        Calls.processes(f).processLife().exit(Calls.caller(f), f.intArg(0) & 0xff, 0);
        return 0;
    }

    private static int await(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        ChildStatus found = new ChildStatus();
        int error = Calls.processes(f).childWait().await(l, f.intArg(0), f.intArg(2), found);
        if (error != 0 || f.result() == 0) {
            return error;
        }
        if (f.arg(1) != 0) {
            error = Calls.copyoutInt(f, found.status(), f.arg(1));
        }
        return error != 0 || f.arg(3) == 0 ? error : copyout(f, found.usage(), f.arg(3));
    }

    private static int usage(SyscallFrame f) {
        Proc p = Calls.caller(f).proc();
        int who = f.intArg(0);
        if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN) {
            return Errno.EINVAL;
        }
        p.lock().enter();
        ResourceUsage usage = who == RUSAGE_SELF ? p.usage() : p.childrenUsage();
        p.lock().exit();
        return copyout(f, usage, f.arg(1));
    }

    private static int copyout(SyscallFrame f, ResourceUsage usage, long address) {
        byte[] bytes = new RusageWords(Calls.processes(f).wordBits() / Byte.SIZE).store(usage);
        return f.memory().copyout(bytes, 0, bytes.length, address);
    }

    private static int getpid(SyscallFrame f) {
        f.result(f.caller().pid());
        return 0;
    }

    private static int kill(SyscallFrame f) {
        Processes processes = Calls.processes(f);
        return processes.signals().killProcess(Calls.caller(f), f.intArg(0), f.intArg(1));
    }

    private static int yield(SyscallFrame f) {
        Calls.processes(f).dispatcher().yield();
        return 0;
    }
}
