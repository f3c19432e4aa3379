// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.sched;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Processes;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.SyscallHandler;

/** The system calls that set how LWPs are scheduled: sys_sched.c 1.43 and sys_pset.c 1.17, with NetBSD's numbers. */
public final class SchedCalls {
    private SchedCalls() {
    }

    /** All descriptors. */
    public static List<SyscallDescriptor> all() {
        List<SyscallDescriptor> calls = new ArrayList<>();
        calls.addAll(ParameterCalls.all());
        calls.addAll(AffinityCalls.all());
        calls.addAll(ProtectCalls.all());
        calls.addAll(PsetCalls.all());
        return List.copyOf(calls);
    }

    static SyscallDescriptor call(String name, int number, ResultKind result, SyscallHandler handler,
            Parameter... parameters) {
        return new SyscallDescriptor(name, number, Abi.NETBSD, List.of(parameters), result, handler);
    }

    static Lwp caller(SyscallFrame f) {
        return (Lwp) f.task();
    }

    static Processes processes(SyscallFrame f) {
        return caller(f).proc().processes();
    }

    /** The process of an id that is not a zombie, the caller's own for 0; null when there is none (proc_find). */
    static Proc process(SyscallFrame f, int pid) {
        if (pid == 0) {
            return caller(f).proc();
        }
        Proc p = processes(f).table().find(pid);
        return p == null || p.state() == Proc.State.ZOMBIE || p.state() == Proc.State.GONE ? null : p;
    }

    /** An LWP by process and id, the newest of the process for 0; null when there is none (lwp_find2). */
    static Lwp lwp(SyscallFrame f, int pid, int lid) {
        Proc p = process(f, pid);
        if (p == null) {
            return null;
        }
        return lid == 0 ? p.newestLwp() : p.liveLwp(lid);
    }

    /** Whether the caller's real or effective user is one of the process's (kauth_cred_uidmatch). */
    static boolean sameUser(SyscallFrame f, Proc p) {
        return caller(f).proc().credentials().matches(p.credentials());
    }

    static boolean superuser(SyscallFrame f) {
        return caller(f).proc().superuser();
    }
}
