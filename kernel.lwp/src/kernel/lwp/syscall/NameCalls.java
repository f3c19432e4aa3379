// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.nio.charset.StandardCharsets;
import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** _lwp_setname, _lwp_getname, _lwp_setprivate, _lwp_getprivate. */
final class NameCalls {
    /** MAXCOMLEN: 15 characters and a zero. */
    private static final int NAME_BYTES = 16;

    private NameCalls() {
    }

    static List<SyscallDescriptor> all() {
        Parameter target = Parameter.in("target", ParameterType.INT);
        return List.of(
                call("_lwp_getprivate", 316, ResultKind.HEX, NameCalls::getPrivate),
                call("_lwp_setprivate", 317, ResultKind.NONE, NameCalls::setPrivate,
                        Parameter.in("ptr", ParameterType.POINTER)),
                call("_lwp_setname", 323, ResultKind.NONE, NameCalls::setName, target,
                        Parameter.in("name", ParameterType.STRING)),
                call("_lwp_getname", 324, ResultKind.NONE, NameCalls::getName, target,
                        Parameter.out("name", ParameterType.BYTES).countedBy("len"),
                        Parameter.in("len", ParameterType.SIZE)));
    }

    private static int getPrivate(SyscallFrame f) {
        f.result(Calls.caller(f).privatePointer());
        return 0;
    }

    private static int setPrivate(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        return l.proc().processes().contexts().setPrivate(l, f.arg(0));
    }

    private static int setName(SyscallFrame f) {
        byte[] bytes = new byte[NAME_BYTES];
        int error = f.memory().copyinString(f.arg(1), bytes);
        if (error != 0 && error != Errno.ENAMETOOLONG) {
            return error;
        }
        int length = error == 0 ? f.memory().length() : NAME_BYTES - 1;
        String name = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        Proc p = Calls.caller(f).proc();
        p.lock().enter();
        Lwp target = p.liveLwp(targetOf(f));
        if (target != null) {
            target.rename(name);
        }
        p.lock().exit();
        return target == null ? Errno.ESRCH : 0;
    }

    private static int getName(SyscallFrame f) {
        Proc p = Calls.caller(f).proc();
        p.lock().enter();
        Lwp target = p.liveLwp(targetOf(f));
        String name = target == null || target.name() == null ? "" : target.name();
        p.lock().exit();
        if (target == null) {
            return Errno.ESRCH;
        }
        byte[] bytes = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
        long room = Calls.processes(f).revision().nameBytes(f.arg(2));
        int length = Long.compareUnsigned(room, bytes.length) < 0 ? (int) room : bytes.length;
        int error = f.memory().copyout(bytes, 0, length, f.arg(1));
        if (error == 0 && length < bytes.length) {
            return Errno.ENAMETOOLONG;
        }
        return error;
    }

    private static int targetOf(SyscallFrame f) {
        int lid = f.intArg(0);
        return lid == 0 ? Calls.caller(f).lid() : lid;
    }
}
