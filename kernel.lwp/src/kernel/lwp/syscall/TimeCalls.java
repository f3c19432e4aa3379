// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.proc.Clocks;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SymbolSet;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** clock_gettime, clock_nanosleep and nanosleep. */
final class TimeCalls {
    static final SymbolSet CLOCKS = SymbolSet.choice("CLOCK_")
            .with("REALTIME", LwpRevisionHost.CLOCK_REALTIME)
            .with("MONOTONIC", LwpRevisionHost.CLOCK_MONOTONIC)
            .with("PROCESS_CPUTIME_ID", Clocks.CLOCK_PROCESS_CPUTIME_ID)
            .with("THREAD_CPUTIME_ID", Clocks.CLOCK_THREAD_CPUTIME_ID);
    static final SymbolSet TIMER_FLAGS = SymbolSet.bits("TIMER_").with("RELTIME", 0).with("ABSTIME", 1);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private TimeCalls() {
    }

    static List<SyscallDescriptor> all() {
        Parameter request = Parameter.in("rqtp", ParameterType.TIMESPEC);
        Parameter left = Parameter.out("rmtp", ParameterType.TIMESPEC);
        return List.of(
                call("__clock_gettime50", 427, ResultKind.NONE, TimeCalls::getTime,
                        Parameter.in("clock_id", ParameterType.INT, CLOCKS),
                        Parameter.out("tp", ParameterType.TIMESPEC)),
                call("__nanosleep50", 430, ResultKind.NONE, TimeCalls::nanosleep, request, left),
                call("clock_nanosleep", 477, ResultKind.NONE, TimeCalls::clockNanosleep,
                        Parameter.in("clock_id", ParameterType.INT, CLOCKS),
                        Parameter.in("flags", ParameterType.INT, TIMER_FLAGS), request, left));
    }

    private static int getTime(SyscallFrame f) {
        long now = Calls.processes(f).clocks().nanos(f.intArg(0));
        if (now == LwpRevisionHost.NO_CLOCK) {
            return Errno.EINVAL;
        }
        if (now == LwpRevisionHost.NO_OWNER) {
            return Errno.ESRCH;
        }
        return Calls.copyoutTime(f, now / NANOS_PER_SECOND, now % NANOS_PER_SECOND, f.arg(1));
    }

    private static int nanosleep(SyscallFrame f) {
        return pause(f, LwpRevisionHost.CLOCK_MONOTONIC, false, f.arg(0), f.arg(1));
    }

    private static int clockNanosleep(SyscallFrame f) {
        return pause(f, f.intArg(0), (f.intArg(1) & 1) != 0, f.arg(2), f.arg(3));
    }

    /** nanosleep1 of kern_time.c: sleeps whole ticks until the time has come. */
    private static int pause(SyscallFrame f, int clock, boolean absolute, long request, long left) {
        int error = Calls.copyinSeconds(f, request);
        if (error != 0) {
            return error;
        }
        long seconds = f.memory().value();
        error = Calls.copyinNanos(f, request);
        if (error != 0) {
            return error;
        }
        long nanos = Calls.nanos(f);
        Nap nap = new Nap(Calls.processes(f), clock, absolute);
        error = nap.sleep(seconds, nanos);
        if (left != 0 && !absolute && (error == 0 || error == Errno.EINTR)) {
            long remaining = Math.max(0, nap.remainingNanos());
            int copyError = Calls.copyoutTime(f, remaining / NANOS_PER_SECOND, remaining % NANOS_PER_SECOND, left);
            return copyError != 0 ? copyError : error;
        }
        return error;
    }
}
