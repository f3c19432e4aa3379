// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import kernel.sched.errno.Errno;

/** Conversion of times into clock ticks, as shared by all revisions (kern_time.c, subr_time.c). */
public final class Timeouts {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private Timeouts() {
    }

    /** Whether nanoseconds are within a second. */
    public static boolean validNanos(long nanos) {
        return nanos >= 0 && nanos < NANOS_PER_SECOND;
    }

    /**
     * itimespecfix: rejects what is no time and raises a positive time below one tick to one tick.
     *
     * @return 0, EINVAL or ETIMEDOUT
     */
    public static int fix(ParkRequest request, long tickNanos) {
        if (!validNanos(request.nanos)) {
            return Errno.EINVAL;
        }
        if (request.seconds < 0) {
            return Errno.ETIMEDOUT;
        }
        if (request.seconds == 0 && request.nanos > 0 && request.nanos < tickNanos) {
            request.nanos = tickNanos;
        }
        return 0;
    }

    /** Subtracts a time given in nanoseconds, normalising one borrow as timespecsub does. */
    public static void subtract(ParkRequest request, long nanos) {
        request.seconds -= Math.floorDiv(nanos, NANOS_PER_SECOND);
        request.nanos -= Math.floorMod(nanos, NANOS_PER_SECOND);
        if (request.nanos < 0) {
            request.seconds--;
            request.nanos += NANOS_PER_SECOND;
        }
    }

    /**
     * tstohz: ticks that last at least as long as a positive time; saturates at {@code Integer.MAX_VALUE}.
     *
     * <p>DEVIATION: less than a microsecond gives 1 tick. The original gives 0, which a sleep takes as no timeout
     * at all.
     */
    public static int ticks(long seconds, long nanos, long tickNanos) {
        long ticksPerSecond = NANOS_PER_SECOND / tickNanos;
        if (seconds >= Integer.MAX_VALUE / ticksPerSecond) {
            return Integer.MAX_VALUE;
        }
        long micros = seconds * (NANOS_PER_SECOND / NANOS_PER_MICRO) + nanos / NANOS_PER_MICRO;
        if (micros == 0) {
            return 1;
        }
        long tickMicros = tickNanos / NANOS_PER_MICRO;
        return (int) Math.min(Integer.MAX_VALUE, (micros + tickMicros - 1) / tickMicros + 1);
    }
}
