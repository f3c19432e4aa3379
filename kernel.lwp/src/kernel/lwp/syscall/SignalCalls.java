// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.SignalWaits;
import kernel.lwp.revision.Timeouts;
import kernel.lwp.signal.SignalAction;
import kernel.lwp.signal.SignalStack;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** Actions, masks, pending signals, alternate stacks and waiting for signals (sys_sig.c). */
final class SignalCalls {
    private static final SymbolSet HOW = SymbolSet.choice("SIG_")
            .with("BLOCK", SignalWaits.SIG_BLOCK).with("UNBLOCK", SignalWaits.SIG_UNBLOCK)
            .with("SETMASK", SignalWaits.SIG_SETMASK);

    private SignalCalls() {
    }

    static List<SyscallDescriptor> all() {
        return List.of(
                call("__sigaction_sigtramp", 340, ResultKind.NONE, SignalCalls::sigaction,
                        Parameter.in("signum", ParameterType.INT, ProcessCalls.SIGNALS),
                        Parameter.in("nsa", ParameterType.SIGACTION),
                        Parameter.out("osa", ParameterType.SIGACTION),
                        Parameter.in("tramp", ParameterType.CODE),
                        Parameter.in("vers", ParameterType.INT)),
                call("__sigprocmask14", 293, ResultKind.NONE, SignalCalls::sigprocmask,
                        Parameter.in("how", ParameterType.INT, HOW),
                        Parameter.in("set", ParameterType.SIGSET),
                        Parameter.out("oset", ParameterType.SIGSET)),
                call("__sigpending14", 292, ResultKind.NONE, SignalCalls::sigpending,
                        Parameter.out("set", ParameterType.SIGSET)),
                call("__sigsuspend14", 294, ResultKind.NONE, SignalCalls::sigsuspend,
                        Parameter.in("set", ParameterType.SIGSET)),
                call("__sigaltstack14", 281, ResultKind.NONE, SignalCalls::sigaltstack,
                        Parameter.in("nss", ParameterType.SIGSTACK),
                        Parameter.out("oss", ParameterType.SIGSTACK)),
                call("____sigtimedwait50", 431, ResultKind.DECIMAL, SignalCalls::sigtimedwait,
                        Parameter.in("set", ParameterType.SIGSET),
                        Parameter.out("info", ParameterType.SIGINFO),
                        Parameter.in("timeout", ParameterType.TIMESPEC)));
    }

    /** sys___sigaction_sigtramp: the new action is read first, the old one is stored when all went well. */
    private static int sigaction(SyscallFrame f) {
        SignalWords words = SignalWords.of(f);
        SignalAction next = null;
        if (f.arg(1) != 0) {
            byte[] bytes = new byte[words.actionBytes()];
            if (words.copyin(f.arg(1), bytes) != 0) {
                return Errno.EFAULT;
            }
            next = words.action(bytes, f.arg(3));
        }
        SignalWaits waits = Calls.processes(f).signalWaits();
        int error = waits.checkAction(f.intArg(0), next, f.arg(3), f.intArg(4));
        if (error != 0) {
            return error;
        }
        SignalAction old = waits.action(Calls.caller(f), f.intArg(0), next);
        return words.copyoutAction(old, f.arg(2));
    }

    private static int sigprocmask(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        SignalWords words = SignalWords.of(f);
        long old = l.signalMask();
        if (f.arg(1) != 0) {
            if (words.copyinSet(f.arg(1)) != 0) {
                return Errno.EFAULT;
            }
            int error = Calls.processes(f).signalWaits().changeMask(l, f.intArg(0), f.memory().value());
            if (error != 0) {
                return error;
            }
        }
        return f.arg(2) == 0 ? Errno.OK : words.copyoutSet(old, f.arg(2));
    }

    private static int sigpending(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        return SignalWords.of(f).copyoutSet(Calls.processes(f).signalWaits().pending(l), f.arg(0));
    }

    private static int sigsuspend(SyscallFrame f) {
        if (f.arg(0) != 0 && SignalWords.of(f).copyinSet(f.arg(0)) != 0) {
            return Errno.EFAULT;
        }
        return Calls.processes(f).signalWaits().suspend(Calls.caller(f), f.arg(0) != 0, f.memory().value());
    }

    /** sigaltstack1: not while it is in use, and not too small. */
    private static int sigaltstack(SyscallFrame f) {
        SignalStack stack = Calls.caller(f).signals().stack();
        SignalWords words = SignalWords.of(f);
        byte[] next = new byte[words.stackBytes()];
        if (f.arg(0) != 0 && words.copyin(f.arg(0), next) != 0) {
            return Errno.EFAULT;
        }
        long base = stack.base();
        long bytes = stack.bytes();
        int flags = stack.flags();
        if (f.arg(0) != 0) {
            int error = change(stack, words, next);
            if (error != 0) {
                return error;
            }
        }
        return f.arg(1) == 0 ? Errno.OK : words.copyoutStack(base, bytes, flags, f.arg(1));
    }

    private static int change(SignalStack stack, SignalWords words, byte[] next) {
        int flags = words.stackFlags(next);
        if ((flags & ~SignalStack.SS_ALLBITS) != 0 || stack.active()) {
            return Errno.EINVAL;
        }
        boolean disables = (flags & SignalStack.SS_DISABLE) != 0;
        if (!disables && Long.compareUnsigned(words.stackSize(next), SignalStack.MIN_BYTES) < 0) {
            return Errno.ENOMEM;
        }
        stack.set(words.stackBase(next), words.stackSize(next), flags & SignalStack.SS_DISABLE);
        return 0;
    }

    /** sigtimedwait1: the signal is the result; EAGAIN when the time is over. */
    private static int sigtimedwait(SyscallFrame f) {
        SignalWords words = SignalWords.of(f);
        if (words.copyinSet(f.arg(0)) != 0) {
            return Errno.EFAULT;
        }
        long set = f.memory().value();
        int ticks = 0;
        if (f.arg(2) != 0) {
            if (Calls.copyinSeconds(f, f.arg(2)) != 0) {
                return Errno.EFAULT;
            }
            long seconds = f.memory().value();
            if (Calls.copyinNanos(f, f.arg(2)) != 0) {
                return Errno.EFAULT;
            }
            long nanos = Calls.nanos(f);
            if (seconds < 0 || !Timeouts.validNanos(nanos)) {
                return Errno.EINVAL;
            }
            ticks = seconds == 0 && nanos == 0 ? SignalWaits.NO_WAIT
                    : Timeouts.ticks(seconds, nanos, Dispatcher.TICK_NANOS);
        }
        SignalInfo info = Calls.processes(f).signalWaits().await(Calls.caller(f), set, ticks);
        return info == null ? Calls.processes(f).signalWaits().error() : report(f, info, f.arg(1));
    }

    private static int report(SyscallFrame f, SignalInfo info, long address) {
        f.result(info.signo());
        if (address == 0) {
            return 0;
        }
        byte[] bytes = new byte[SiginfoWords.BYTES];
        new SiginfoWords(Calls.processes(f).wordBits() / Byte.SIZE).store(info, bytes, 0);
        return f.memory().copyout(bytes, 0, bytes.length, address);
    }
}
