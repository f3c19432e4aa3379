// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** Parents, process groups and sessions: getppid, getpgrp, getpgid, setpgid, setsid, getsid. */
final class GroupCalls {
    private GroupCalls() {
    }

    static List<SyscallDescriptor> all() {
        Parameter pid = Parameter.in("pid", ParameterType.INT);
        return List.of(
                call("getppid", 39, ResultKind.DECIMAL, GroupCalls::parent),
                call("getpgrp", 81, ResultKind.DECIMAL, GroupCalls::ownGroup),
                call("setpgid", 82, ResultKind.NONE, GroupCalls::setGroup, pid,
                        Parameter.in("pgid", ParameterType.INT)),
                call("setsid", 147, ResultKind.DECIMAL, GroupCalls::newSession),
                call("getpgid", 207, ResultKind.DECIMAL, GroupCalls::group, pid),
                call("getsid", 286, ResultKind.DECIMAL, GroupCalls::session, pid));
    }

    private static Proc caller(SyscallFrame f) {
        return Calls.caller(f).proc();
    }

    private static Proc named(SyscallFrame f) {
        return f.intArg(0) == 0 ? caller(f) : Calls.processes(f).table().find(f.intArg(0));
    }

    private static int parent(SyscallFrame f) {
        Proc parent = caller(f).parent();
        f.result(parent == null ? 0 : parent.pid());
        return 0;
    }

    private static int ownGroup(SyscallFrame f) {
        f.result(caller(f).group());
        return 0;
    }

    private static int setGroup(SyscallFrame f) {
        return Calls.processes(f).groups().setGroup(Calls.caller(f), f.intArg(0), f.intArg(1));
    }

    private static int newSession(SyscallFrame f) {
        int error = Calls.processes(f).groups().newSession(Calls.caller(f));
        f.result(caller(f).session());
        return error;
    }

    private static int group(SyscallFrame f) {
        Proc p = named(f);
        f.result(p == null ? 0 : p.group());
        return p == null ? Errno.ESRCH : 0;
    }

    private static int session(SyscallFrame f) {
        Proc p = named(f);
        f.result(p == null ? 0 : p.session());
        return p == null ? Errno.ESRCH : 0;
    }
}
