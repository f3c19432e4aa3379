// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static kernel.lwp.syscall.LwpCalls.call;

import java.util.List;
import kernel.lwp.proc.CallSet;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Parking;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.lwp.revision.ParkRequest;
import kernel.lwp.revision.Timeouts;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ParameterType;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;

/** ___lwp_park50, ___lwp_park60, _lwp_unpark, _lwp_unpark_all. */
final class ParkCalls {
    /** TIMER_ABSTIME. */
    private static final int ABSTIME = 1;

    private ParkCalls() {
    }

    static List<SyscallDescriptor> all() {
        Parameter unpark = Parameter.in("unpark", ParameterType.INT);
        Parameter hint = Parameter.in("hint", ParameterType.POINTER);
        Parameter unparkHint = Parameter.in("unparkhint", ParameterType.POINTER);
        return List.of(
                call("___lwp_park50", 434, ResultKind.NONE, ParkCalls::park50,
                        Parameter.in("ts", ParameterType.TIMESPEC), unpark, hint, unparkHint),
                call("___lwp_park60", 478, ResultKind.NONE, ParkCalls::park60,
                        Parameter.in("clock_id", ParameterType.INT, TimeCalls.CLOCKS),
                        Parameter.in("flags", ParameterType.INT, TimeCalls.TIMER_FLAGS),
                        Parameter.inout("ts", ParameterType.TIMESPEC), unpark, hint, unparkHint),
                call("_lwp_unpark", 321, ResultKind.NONE, ParkCalls::unpark,
                        Parameter.in("target", ParameterType.INT), hint),
                call("_lwp_unpark_all", 322, ResultKind.DECIMAL, ParkCalls::unparkAll,
                        Parameter.in("targets", ParameterType.LID_ARRAY).countedBy("ntargets"),
                        Parameter.in("ntargets", ParameterType.SIZE), hint));
    }

    private static int park50(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        if (!CallSet.has(l.proc(), CallSet.PARK50)) {
            return Errno.ENOSYS;
        }
        return park(f, l, LwpRevisionHost.CLOCK_REALTIME, true, f.arg(0), 1);
    }

    private static int park60(SyscallFrame f) {
        Lwp l = Calls.caller(f);
        if (!CallSet.has(l.proc(), CallSet.PARK60)) {
            return Errno.ENOSYS;
        }
        boolean absolute = (f.intArg(1) & ABSTIME) != 0;
        return park(f, l, f.intArg(0), absolute, f.arg(2), 3);
    }

    /** The common part: {@code first} is the index of the unpark argument, hint and unpark hint follow it. */
    private static int park(SyscallFrame f, Lwp l, int clock, boolean absolute, long ts, int first) {
        Parking parking = Calls.processes(f).parking();
        long seconds = 0;
        long nanos = 0;
        if (ts != 0) {
            int error = Calls.copyinSeconds(f, ts);
            if (error != 0) {
                return error;
            }
            seconds = f.memory().value();
            error = Calls.copyinNanos(f, ts);
            if (error != 0) {
                return error;
            }
            nanos = Calls.nanos(f);
        }
        if (ts != 0 && !Timeouts.validNanos(nanos)
                && !Calls.processes(f).quirk(LwpQuirk.UNPARK_BEFORE_TIME_CHECK)) {
            return Errno.EINVAL;
        }
        if (f.intArg(first) != 0) {
            int error = parking.unpark(l, f.intArg(first), f.arg(first + 2));
            if (error != 0) {
                return error;
            }
        }
        if (ts == 0) {
            return parking.park(l, false, f.arg(first + 1));
        }
        ParkRequest request = parking.request();
        request.clock = clock;
        request.absolute = absolute;
        request.seconds = seconds;
        request.nanos = nanos;
        int error = parking.park(l, true, f.arg(first + 1));
        if (!absolute) {
            Calls.copyoutTime(f, request.seconds, request.nanos, ts);
        }
        return error;
    }

    private static int unpark(SyscallFrame f) {
        return Calls.processes(f).parking().unpark(Calls.caller(f), f.intArg(0), f.arg(1));
    }

    private static int unparkAll(SyscallFrame f) {
        long targets = f.arg(0);
        long given = f.arg(1);
        int count = (int) given;
        if (targets == 0) {
            f.result(Parking.UNPARK_MAX);
            return 0;
        }
        boolean narrowed = Calls.processes(f).quirk(LwpQuirk.COUNT_NARROWED);
        if (Long.compareUnsigned(narrowed ? Integer.toUnsignedLong(count) : given, Parking.UNPARK_MAX) > 0
                || count == 0) {
            return Errno.EINVAL;
        }
        int[] lids = Calls.processes(f).parking().borrowTargets();
        int error = 0;
        for (int i = 0; i < count && error == 0; i++) {
            error = f.memory().load32(targets + Integer.BYTES * (long) i);
            lids[i] = (int) f.memory().value();
        }
        if (error == 0) {
            error = Calls.processes(f).parking().unparkAll(Calls.caller(f), lids, count, f.arg(2));
        }
        Calls.processes(f).parking().returnTargets(lids);
        return error;
    }
}
