// SPDX-License-Identifier: BSD-2-Clause
package itest.plugin;

import java.util.List;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Contributes a system call that NetBSD never had: the sum of two numbers. */
public final class AddCall implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        SyscallDescriptor call = new SyscallDescriptor("itest_add", 9001, Abi.NETBSD,
                List.of(Parameter.in("a", ParameterType.LONG), Parameter.in("b", ParameterType.LONG)),
                ResultKind.DECIMAL, AddCall::add);
        context.registerService(SyscallDescriptor.class, call, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }

    private static int add(SyscallFrame frame) {
        frame.result(frame.arg(0) + frame.arg(1));
        return 0;
    }
}
