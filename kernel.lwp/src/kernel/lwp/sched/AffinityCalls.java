// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.sched;

import static kernel.lwp.sched.SchedCalls.call;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.dispatch.ProcessorSets;
import kernel.sched.errno.Errno;
import kernel.sched.task.CpuSet;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** _sched_setaffinity, _sched_getaffinity. A {@code cpuset_t} is a bit for each CPU, at most 256 of them. */
final class AffinityCalls {
    private static final int MOST_BYTES = 32;

    private AffinityCalls() {
    }

    static List<SyscallDescriptor> all() {
        Parameter pid = Parameter.in("pid", ParameterType.INT);
        Parameter lid = Parameter.in("lid", ParameterType.INT);
        Parameter size = Parameter.in("size", ParameterType.SIZE);
        return List.of(
                call("_sched_setaffinity", 348, ResultKind.NONE, AffinityCalls::set, pid, lid, size,
                        Parameter.in("cpuset", ParameterType.CPU_SET).countedBy("size")),
                call("_sched_getaffinity", 349, ResultKind.NONE, AffinityCalls::get, pid, lid, size,
                        Parameter.inout("cpuset", ParameterType.CPU_SET).countedBy("size")));
    }

    private static int set(SyscallFrame f) {
        byte[] bits = new byte[MOST_BYTES];
        int error = copyin(f, bits);
        if (error != 0) {
            return error;
        }
        ProcessorSets sets = SchedCalls.processes(f).dispatcher().processorSets();
        CpuSet wanted = sets.existing(decode(bits));
        error = sets.checkAffinity(wanted);
        if (error != 0) {
            return error;
        }
        Proc p = SchedCalls.process(f, f.intArg(0));
        if (p == null) {
            return Errno.ESRCH;
        }
        if (!SchedCalls.superuser(f)) {
            return Errno.EPERM;
        }
        p.lock().enter();
        int found = setAll(sets, p, f.intArg(1), wanted.isEmpty() ? null : wanted);
        p.lock().exit();
        return found == 0 ? Errno.ESRCH : 0;
    }

    private static int setAll(ProcessorSets sets, Proc p, int lid, CpuSet wanted) {
        int found = 0;
        for (Lwp l = p.newestLwp(); l != null; l = l.nextInProcess()) {
            if ((lid == 0 || lid == l.lid()) && l.state() != TaskState.LSZOMB) {
                sets.setAffinity(l, wanted);
                found++;
            }
        }
        return found;
    }

    private static int get(SyscallFrame f) {
        byte[] bits = new byte[MOST_BYTES];
        int error = copyin(f, bits);
        if (error != 0) {
            return error;
        }
        Lwp l = SchedCalls.lwp(f, f.intArg(0), f.intArg(1));
        if (l == null) {
            return Errno.ESRCH;
        }
        return f.memory().copyout(encode(l.affinity()), 0, (int) f.arg(2), f.arg(3));
    }

    private static int copyin(SyscallFrame f, byte[] bits) {
        if (Long.compareUnsigned(f.arg(2), MOST_BYTES) > 0) {
            return Errno.EINVAL;
        }
        return f.memory().copyin(f.arg(3), bits, 0, (int) f.arg(2));
    }

    private static CpuSet decode(byte[] bits) {
        CpuSet set = CpuSet.EMPTY;
        for (int cpu = 0; cpu < MOST_BYTES * Byte.SIZE; cpu++) {
            if ((bits[cpu >> 3] & 1 << (cpu & 7)) != 0) {
                set = set.with(cpu);
            }
        }
        return set;
    }

    private static byte[] encode(CpuSet set) {
        byte[] bits = new byte[MOST_BYTES];
        for (int cpu = 0; set != null && cpu < MOST_BYTES * Byte.SIZE; cpu++) {
            if (set.contains(cpu)) {
                bits[cpu >> 3] |= (byte) (1 << (cpu & 7));
            }
        }
        return bits;
    }
}
