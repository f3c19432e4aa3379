// SPDX-License-Identifier: BSD-2-Clause
package examples.lwpcount;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * A system call: {@code lwpcount(pid)} returns how many LWPs a process has, 0 meaning the caller's own.
 *
 * <p>ESRCH when there is no such process. The call goes when its bundle goes.
 */
@Component(service = {})
public final class LwpCount {
    /** Far above the numbers of the originals. */
    private static final int NUMBER = 9100;

    @Activate
    public LwpCount(BundleContext context) {
        context.registerService(SyscallDescriptor.class, descriptor(), null);
    }

    static SyscallDescriptor descriptor() {
        return new SyscallDescriptor("lwpcount", NUMBER, Abi.NETBSD, List.of(Parameter.in("pid", ParameterType.INT)),
                ResultKind.DECIMAL, LwpCount::call);
    }

    private static int call(SyscallFrame frame) {
        Proc own = ((Lwp) frame.task()).proc();
        int pid = frame.intArg(0);
        Proc process = pid == 0 ? own : own.processes().table().find(pid);
        if (process == null) {
            return Errno.ESRCH;
        }
        frame.result(process.lwpCount());
        return 0;
    }
}
