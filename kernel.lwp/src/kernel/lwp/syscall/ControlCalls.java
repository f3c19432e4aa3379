// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** _lwp_suspend, _lwp_continue, _lwp_wakeup, _lwp_kill, _lwp_ctl. */
final class ControlCalls {
    private static final int CURCPU = 1;
    private static final int PCTR = 2;

    private ControlCalls() {
    }

    static List<SyscallDescriptor> all() {
        SymbolSet features = SymbolSet.bits("LWPCTL_FEATURE_").with("CURCPU", CURCPU).with("PCTR", PCTR);
        Parameter target = Parameter.in("target", ParameterType.INT);
        return List.of(
                call("_lwp_suspend", 313, ResultKind.NONE, ControlCalls::suspend, target),
                call("_lwp_continue", 314, ResultKind.NONE, ControlCalls::resume, target),
                call("_lwp_wakeup", 315, ResultKind.NONE, ControlCalls::wakeup, target),
                call("_lwp_kill", 318, ResultKind.NONE, ControlCalls::kill, target,
                        Parameter.in("signo", ParameterType.INT, ProcessCalls.SIGNALS)),
                call("_lwp_ctl", 325, ResultKind.NONE, ControlCalls::control,
                        Parameter.in("features", ParameterType.INT, features),
                        Parameter.out("address", ParameterType.POINTER)));
    }

    private static int suspend(SyscallFrame f) {
        return Calls.processes(f).suspension().suspend(Calls.caller(f), f.intArg(0));
    }

    private static int resume(SyscallFrame f) {
        return Calls.processes(f).suspension().resume(Calls.caller(f), f.intArg(0));
    }

    private static int wakeup(SyscallFrame f) {
        return Calls.processes(f).suspension().wakeup(Calls.caller(f), f.intArg(0));
    }

    /** Both words are kept up to date, whichever was asked for. */
    private static int control(SyscallFrame f) {
        if ((f.intArg(0) & ~(CURCPU | PCTR)) != 0) {
            return Errno.ENODEV;
        }
        int error = Calls.caller(f).openControl();
        return error != 0 ? error : Calls.copyoutPointer(f, Calls.caller(f).controlAddress(), f.arg(1));
    }

    private static int kill(SyscallFrame f) {
        return Calls.processes(f).signals().kill(Calls.caller(f), f.intArg(0), f.intArg(1));
    }
}
