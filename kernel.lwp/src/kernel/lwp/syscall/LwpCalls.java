// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallHandler;

/** The system calls of this floor. */
public final class LwpCalls {
    private LwpCalls() {
    }

    /** All descriptors; NetBSD's numbers. */
    public static List<SyscallDescriptor> all() {
        List<SyscallDescriptor> calls = new ArrayList<>();
        calls.addAll(LifeCalls.all());
        calls.addAll(ParkCalls.all());
        calls.addAll(ControlCalls.all());
        calls.addAll(NameCalls.all());
        calls.addAll(ProcessCalls.all());
        calls.addAll(GroupCalls.all());
        calls.addAll(SignalCalls.all());
        calls.addAll(ContextCalls.all());
        calls.addAll(ActivationCalls.all());
        calls.addAll(PtraceCalls.all());
        calls.addAll(TimeCalls.all());
        calls.addAll(LimitCalls.all());
        calls.addAll(CredentialCalls.all());
        return List.copyOf(calls);
    }

    static SyscallDescriptor call(String name, int number, ResultKind result, SyscallHandler handler,
            Parameter... parameters) {
        return new SyscallDescriptor(name, number, Abi.NETBSD, List.of(parameters), result, handler);
    }
}
