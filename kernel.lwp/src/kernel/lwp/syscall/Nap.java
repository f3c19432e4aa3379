// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import kernel.lwp.proc.Processes;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.lwp.revision.Timeouts;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.errno.Errno;

/** One nanosleep. */
final class Nap {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MAX_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND / 4;

    private final Processes processes;
    private final int clock;
    private final boolean absolute;
    private long untilNanos;

    Nap(Processes processes, int clock, boolean absolute) {
        this.processes = processes;
        this.clock = clock;
        this.absolute = absolute;
    }

    /** Sleeps; 0, EINVAL for what is no time or clock, EINTR. */
    int sleep(long seconds, long nanos) {
        long now = processes.clocks().nanos(clock);
        if (!Timeouts.validNanos(nanos) || now == LwpRevisionHost.NO_CLOCK || now == LwpRevisionHost.NO_OWNER) {
            return Errno.EINVAL;
        }
        if (seconds < 0) {
            untilNanos = now;
            return absolute ? 0 : Errno.EINVAL;
        }
        long length = Math.min(seconds, MAX_SECONDS) * NANOS_PER_SECOND + nanos;
        untilNanos = absolute ? length : now + length;
        while (remainingNanos() > 0) {
            int error = processes.sleep().kpause("nanoslp", ticks(remainingNanos()), true);
            if (error != 0) {
                return error == Errno.ERESTART ? Errno.EINTR : error;
            }
        }
        return 0;
    }

    private int ticks(long remaining) {
        long lengthened = Math.max(remaining, Dispatcher.TICK_NANOS);
        return Timeouts.ticks(lengthened / NANOS_PER_SECOND, lengthened % NANOS_PER_SECOND, Dispatcher.TICK_NANOS);
    }

    /** What is left, in nanoseconds of the clock. */
    long remainingNanos() {
        return untilNanos - processes.clocks().nanos(clock);
    }
}
