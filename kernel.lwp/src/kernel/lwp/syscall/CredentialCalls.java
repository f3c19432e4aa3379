// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.proc.Proc;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** User ids: getuid, geteuid, issetugid, setuid, seteuid, setreuid (kern_prot.c). */
final class CredentialCalls {
    private CredentialCalls() {
    }

    static List<SyscallDescriptor> all() {
        Parameter uid = Parameter.in("uid", ParameterType.INT);
        Parameter euid = Parameter.in("euid", ParameterType.INT);
        return List.of(
                call("setuid", 23, ResultKind.NONE, f ->
                        Calls.processes(f).credentialChange().setUid(caller(f), f.intArg(0)), uid),
                call("getuid", 24, ResultKind.DECIMAL, CredentialCalls::real),
                call("geteuid", 25, ResultKind.DECIMAL, CredentialCalls::effective),
                call("setreuid", 126, ResultKind.NONE, f ->
                        Calls.processes(f).credentialChange().setBoth(caller(f), f.intArg(0), f.intArg(1)),
                        Parameter.in("ruid", ParameterType.INT), euid),
                call("seteuid", 183, ResultKind.NONE, f ->
                        Calls.processes(f).credentialChange().setEffective(caller(f), f.intArg(0)), euid),
                call("issetugid", 305, ResultKind.DECIMAL, CredentialCalls::changed));
    }

    private static Proc caller(SyscallFrame f) {
        return Calls.caller(f).proc();
    }

    private static int real(SyscallFrame f) {
        f.result(caller(f).uid());
        return 0;
    }

    private static int effective(SyscallFrame f) {
        f.result(caller(f).credentials().euid());
        return 0;
    }

    private static int changed(SyscallFrame f) {
        f.result(caller(f).changedIds() ? 1 : 0);
        return 0;
    }
}
