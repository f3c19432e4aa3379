// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.proc.CallSet;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Processes;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevision;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** _lwp_create, _lwp_exit, _lwp_self, _lwp_gettid, _lwp_wait, _lwp_detach. */
final class LifeCalls {
    private LifeCalls() {
    }

    static List<SyscallDescriptor> all() {
        SymbolSet flags = SymbolSet.bits("LWP_").with("DETACHED", LwpFlag.LWP_DETACHED)
                .with("SUSPENDED", LwpFlag.LWP_SUSPENDED);
        return List.of(
                call("_lwp_create", 309, ResultKind.NONE, LifeCalls::create,
                        Parameter.in("ucp", ParameterType.UCONTEXT),
                        Parameter.in("flags", ParameterType.ULONG, flags),
                        Parameter.out("new_lwp", ParameterType.LID_OUT)),
                call("_lwp_exit", 310, ResultKind.NONE, LifeCalls::exit),
                call("_lwp_self", 311, ResultKind.DECIMAL, LifeCalls::self),
                call("_lwp_wait", 312, ResultKind.NONE, LifeCalls::await,
                        Parameter.in("wait_for", ParameterType.INT),
                        Parameter.out("departed", ParameterType.LID_OUT)),
                call("_lwp_detach", 319, ResultKind.NONE, LifeCalls::detach,
                        Parameter.in("target", ParameterType.INT)),
                call("_lwp_gettid", 326, ResultKind.DECIMAL, LifeCalls::threadId));
    }

    private static int create(SyscallFrame f) {
        Lwp creator = Calls.caller(f);
        Processes processes = Calls.processes(f);
        creator.cacheCredentials();
        int barrier = barrier(creator);
        if (barrier != 0) {
            return barrier;
        }
        byte[] bytes = new byte[processes.codec().size()];
        int error = f.memory().copyin(f.arg(0), bytes, 0, bytes.length);
        if (error != 0) {
            return error;
        }
        UserContextCodec codec = processes.codec();
        if (codec.size() != bytes.length) {
            return Errno.ERESTART;
        }
        if (creator.madeContextBytes() != 0 && creator.madeContextBytes() != codec.size()) {
            return Errno.EINVAL;
        }
        UserContext context = new UserContext();
        int unknown = processes.contexts().decode(bytes, context);
        if (codec != processes.codec() || !processes.contexts().findArgument(creator, context.registers())) {
            return Errno.ERESTART;
        }
        long mask = creator.signalMask();
        if (processes.revision().validatesContext()) {
            error = processes.revision().checkContext(context, bytes, codec, creator.registers());
            if (codec != processes.codec()) {
                return Errno.ERESTART;
            }
            if (error != 0 || unknown != 0) {
                return error != 0 ? error : unknown;
            }
            if ((context.flags & UserContext.UC_SIGMASK) != 0) {
                mask = context.signalMaskLow;
            }
        }
        int flags = (int) f.arg(1);
        Lwp child = processes.lwpLife().create(creator, (flags & LwpFlag.LWP_DETACHED) != 0, mask);
        if (child == null) {
            return Errno.EAGAIN;
        }
        processes.contexts().begin(creator, child, context);
        int lid = child.lid();
        boolean startsFirst = processes.quirk(LwpQuirk.START_BEFORE_ID_STORED);
        if (startsFirst) {
            processes.lwpLife().start(creator, child, flags);
        }
        error = Calls.copyoutInt(f, lid, f.arg(2));
        if (!startsFirst && error != 0) {
            processes.lwpLife().discard(child);
        } else if (!startsFirst) {
            processes.lwpLife().start(creator, child, flags);
        }
        return error;
    }

    /** Only where there may be scheduler activations is the process locked to look at them. */
    private static int barrier(Lwp creator) {
        Proc p = creator.proc();
        LwpRevision revision = p.processes().revision();
        if (!revision.activations()) {
            return 0;
        }
        p.lock().enter();
        int error = revision.creationBarrier(p);
        p.lock().exit();
        return error;
    }

    private static int exit(SyscallFrame f) {
        Calls.processes(f).lwpLife().exit(Calls.caller(f));
        return 0;
    }

    private static int self(SyscallFrame f) {
        f.result(((Lwp) f.task()).lid());
        return 0;
    }

    private static int threadId(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        if (!CallSet.has(l.proc(), CallSet.GETTID)) {
            return Errno.ENOSYS;
        }
        f.result(l.threadId());
        return 0;
    }

    private static int await(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        if (f.arg(1) != 0 && !Calls.processes(f).quirk(LwpQuirk.WAIT_RESULT_LOST)) {
            int unwritable = f.memory().cas32(f.arg(1), 0, 0);
            if (unwritable != 0) {
                return unwritable;
            }
        }
        l.proc().lock().enter();
        int error = Calls.processes(f).waiting().waitFor(l, f.intArg(0), false);
        int departed = Calls.processes(f).waiting().departed();
        l.proc().lock().exit();
        if (error == 0 && f.arg(1) != 0) {
            error = Calls.copyoutInt(f, departed, f.arg(1));
        }
        return error;
    }

    private static int detach(SyscallFrame f) {
        return Calls.processes(f).waiting().detach(Calls.caller(f), f.intArg(0));
    }
}
