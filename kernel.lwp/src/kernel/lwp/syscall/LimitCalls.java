// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.proc.LimitChange;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.Resource;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.UserMemory;

/** getrlimit and setrlimit (kern_resource.c). A struct rlimit is two 64-bit words, soft and hard, on every machine. */
final class LimitCalls {
    private static final int HARD = 8;

    private LimitCalls() {
    }

    static List<SyscallDescriptor> all() {
        Parameter which = Parameter.in("which", ParameterType.INT, resources());
        return List.of(
                call("getrlimit", 194, ResultKind.NONE, LimitCalls::get, which,
                        Parameter.out("rlp", ParameterType.RLIMIT)),
                call("setrlimit", 195, ResultKind.NONE, LimitCalls::set, which,
                        Parameter.in("rlp", ParameterType.RLIMIT)));
    }

    /** RLIMIT_VMEM is the other name of RLIMIT_AS. */
    private static SymbolSet resources() {
        SymbolSet set = SymbolSet.choice("RLIMIT_").with("AS", Resource.VMEM.number());
        for (Resource resource : Resource.values()) {
            set = set.with(resource.name(), resource.number());
        }
        return set;
    }

    private static int get(SyscallFrame f) {
        Proc p = Calls.caller(f).proc();
        Resource resource = LimitChange.find(p, f.intArg(0));
        if (resource == null) {
            return Errno.EINVAL;
        }
        p.lock().enter();
        long soft = p.limit(resource);
        long hard = p.hardLimit(resource);
        p.lock().exit();
        UserMemory memory = f.memory();
        int error = memory.store64(f.arg(1), soft);
        return error != 0 ? error : memory.store64(f.arg(1) + HARD, hard);
    }

    /** The limits are read before anything else. */
    private static int set(SyscallFrame f) {
        UserMemory memory = f.memory();
        int error = memory.load64(f.arg(1));
        if (error != 0) {
            return error;
        }
        long soft = memory.value();
        error = memory.load64(f.arg(1) + HARD);
        if (error != 0) {
            return error;
        }
        long hard = memory.value();
        return Calls.processes(f).limitChange().set(Calls.caller(f).proc(), f.intArg(0), soft, hard);
    }
}
