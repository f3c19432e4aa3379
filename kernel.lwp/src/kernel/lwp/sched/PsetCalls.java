// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.sched;

import static kernel.lwp.sched.SchedCalls.call;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.dispatch.ProcessorSets;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/**
 * pset_create, pset_destroy, pset_assign, _pset_bind: processor sets (sys_pset.c 1.17).
 *
 * <p>DEVIATION: _pset_bind with PS_QUERY only asks; the original stores PS_QUERY as the set of the LWP, which no CPU
 * belongs to.
 *
 * <p>UNCONFIRMED: the numbers of the id types P_PID and P_LWPID.
 */
final class PsetCalls {
    private static final int NONE = ProcessorSets.NONE;
    private static final int MYID = -1;
    private static final int QUERY = -2;
    private static final int P_PID = 1;
    private static final int P_LWPID = 2;

    private PsetCalls() {
    }

    static List<SyscallDescriptor> all() {
        SymbolSet sets = SymbolSet.choice("PS_").with("NONE", NONE).with("MYID", MYID).with("QUERY", QUERY);
        SymbolSet types = SymbolSet.choice("P_").with("PID", P_PID).with("LWPID", P_LWPID);
        SymbolSet me = SymbolSet.choice("P_").with("MYID", MYID);
        Parameter psid = Parameter.in("psid", ParameterType.INT, sets);
        Parameter old = Parameter.out("opsid", ParameterType.INT_CELL);
        return List.of(
                call("pset_create", 412, ResultKind.NONE, PsetCalls::create,
                        Parameter.out("psid", ParameterType.INT_CELL)),
                call("pset_destroy", 413, ResultKind.NONE, PsetCalls::destroy, psid),
                call("pset_assign", 414, ResultKind.NONE, PsetCalls::assign, psid,
                        Parameter.in("cpuid", ParameterType.ULONG), old),
                call("_pset_bind", 415, ResultKind.NONE, PsetCalls::bind,
                        Parameter.in("idtype", ParameterType.INT, types),
                        Parameter.in("first_id", ParameterType.INT, me),
                        Parameter.in("second_id", ParameterType.INT, me), psid, old));
    }

    private static int create(SyscallFrame f) {
        if (!SchedCalls.superuser(f)) {
            return Errno.EPERM;
        }
        int set = sets(f).create();
        if (set == NONE) {
            return Errno.ENOMEM;
        }
        int error = f.memory().store32(f.arg(0), set);
        if (error != 0) {
            sets(f).destroy(set);
        }
        return error;
    }

    private static int destroy(SyscallFrame f) {
        if (!SchedCalls.superuser(f)) {
            return Errno.EPERM;
        }
        return sets(f).destroy(own(f, f.intArg(0)));
    }

    private static int assign(SyscallFrame f) {
        int set = f.intArg(0);
        if (set != QUERY && !SchedCalls.superuser(f)) {
            return Errno.EPERM;
        }
        Dispatcher dispatcher = SchedCalls.processes(f).dispatcher();
        if (Long.compareUnsigned(f.arg(1), dispatcher.cpuCount()) >= 0 || !valid(f, set)) {
            return Errno.EINVAL;
        }
        var cpu = dispatcher.cpu((int) f.arg(1));
        int old = cpu.processorSet();
        int error = set == QUERY ? 0 : sets(f).assign(cpu, own(f, set));
        return error != 0 ? error : copyoutOld(f, old, f.arg(2));
    }

    private static int bind(SyscallFrame f) {
        int set = f.intArg(3);
        if (set != QUERY && !SchedCalls.superuser(f)) {
            return Errno.EPERM;
        }
        if (!valid(f, set)) {
            return Errno.EINVAL;
        }
        set = own(f, set);
        int lid = 0;
        int pid = f.intArg(1);
        switch (f.intArg(0)) {
            case P_PID -> pid = orMine(f, pid);
            case P_LWPID -> {
                boolean me = f.intArg(1) == MYID;
                lid = me ? SchedCalls.caller(f).lid() : f.intArg(1);
                pid = me ? SchedCalls.caller(f).pid() : orMine(f, f.intArg(2));
            }
            default -> {
                return Errno.EINVAL;
            }
        }
        Proc p = pid == 0 ? null : SchedCalls.process(f, pid);
        return p == null ? Errno.ESRCH : bind(f, p, lid, set);
    }

    /** The set before is that of the LWP that was looked at last, as in the original. */
    private static int bind(SyscallFrame f, Proc p, int lid, int set) {
        int found = 0;
        int old = NONE;
        p.lock().enter();
        for (Lwp l = p.newestLwp(); l != null; l = l.nextInProcess()) {
            if (lid == 0 || lid == l.lid()) {
                found++;
                old = l.processorSet();
                if (set != QUERY) {
                    sets(f).bind(l, set);
                }
            }
        }
        p.lock().exit();
        return found == 0 ? Errno.ESRCH : copyoutOld(f, old, f.arg(4));
    }

    private static int copyoutOld(SyscallFrame f, int old, long address) {
        return address == 0 ? 0 : f.memory().store32(address, old);
    }

    private static boolean valid(SyscallFrame f, int set) {
        return set == NONE || set == QUERY || set == MYID || sets(f).exists(set);
    }

    private static int own(SyscallFrame f, int set) {
        return set == MYID ? SchedCalls.caller(f).processorSet() : set;
    }

    private static int orMine(SyscallFrame f, int id) {
        return id == MYID ? SchedCalls.caller(f).pid() : id;
    }

    private static ProcessorSets sets(SyscallFrame f) {
        return SchedCalls.processes(f).dispatcher().processorSets();
    }
}
