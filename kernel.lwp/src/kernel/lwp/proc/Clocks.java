// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.revision.LwpRevisionHost;
import kernel.sched.dispatch.Dispatcher;

/** The clocks of one kernel (clock_gettime1 of subr_time.c). */
public final class Clocks {
    /** Bit of the id of a process's CPU-time clock; the rest is the pid, 0 for the own process. */
    public static final int CLOCK_PROCESS_CPUTIME_ID = 0x4000_0000;

    /** Bit of the id of an LWP's CPU-time clock; the rest is the lid, 0 for the own LWP. */
    public static final int CLOCK_THREAD_CPUTIME_ID = 0x2000_0000;

    /** The wall clock at virtual time 0: 2009-10-22 13:12:47 UTC, when revision 1.47 was committed. */
    public static final long BOOT_REALTIME_NANOS = 1_256_217_167L * 1_000_000_000L;

    private final Processes processes;

    Clocks(Processes processes) {
        this.processes = processes;
    }

    /**
     * The precise time of a clock in nanoseconds.
     *
     * @return the time, {@link LwpRevisionHost#NO_CLOCK} or {@link LwpRevisionHost#NO_OWNER}
     */
    public long nanos(int clock) {
        long now = processes.engine().nowNanos();
        if (clock == LwpRevisionHost.CLOCK_REALTIME) {
            return BOOT_REALTIME_NANOS + now;
        }
        if (clock == LwpRevisionHost.CLOCK_MONOTONIC) {
            return now;
        }
        if ((clock & CLOCK_PROCESS_CPUTIME_ID) != 0) {
            return processTime(clock & ~CLOCK_PROCESS_CPUTIME_ID);
        }
        if ((clock & CLOCK_THREAD_CPUTIME_ID) != 0) {
            return lwpTime(clock & ~CLOCK_THREAD_CPUTIME_ID);
        }
        return LwpRevisionHost.NO_CLOCK;
    }

    /** The wall clock as of the last tick. */
    public long cachedRealtimeNanos() {
        long now = processes.engine().nowNanos();
        return BOOT_REALTIME_NANOS + now - now % Dispatcher.TICK_NANOS;
    }

    private long processTime(int pid) {
        Lwp self = processes.current();
        Proc p = pid == 0 && self != null ? self.proc() : processes.table().find(pid);
        return p == null ? LwpRevisionHost.NO_OWNER : p.cpuTime().totalNanos();
    }

    private long lwpTime(int lid) {
        Lwp self = processes.current();
        Lwp l = self == null || lid == 0 ? self : self.proc().liveLwp(lid);
        return l == null ? LwpRevisionHost.NO_OWNER : l.runNanos();
    }
}
