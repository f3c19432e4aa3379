// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.sched.task.CpuMode;
import org.osgi.annotation.versioning.ProviderType;

/**
 * CPU time of a process: how long its LWPs have run, and in which mode the statistics clock found them (p_rtime, p_uticks,
 * p_sticks, p_iticks).
 *
 * <p>The run time is exact; the ticks split it, as in calcru of kern_resource.c. Nanoseconds of virtual time.
 */
@ProviderType
public final class CpuTime {
    private final Proc proc;
    /** Run time of the LWPs that are gone. */
    private long finishedNanos;
    private long userTicks;
    private long systemTicks;
    private long interruptTicks;

    CpuTime(Proc proc) {
        this.proc = proc;
    }

    /** A tick of the statistics clock found one of the LWPs running. */
    void ticked(CpuMode mode) {
        switch (mode) {
            case USER, NICE -> userTicks++;
            case SYSTEM -> systemTicks++;
            default -> interruptTicks++;
        }
    }

    /** An LWP is gone. */
    void finished(Lwp l) {
        finishedNanos += l.accounting().runNanos();
    }

    /** Ticks that found an LWP in user mode (p_uticks). */
    public long userTicks() {
        return userTicks;
    }

    /** Ticks that found an LWP in the kernel (p_sticks). */
    public long systemTicks() {
        return systemTicks;
    }

    /** Ticks that found an LWP in an interrupt handler (p_iticks). */
    public long interruptTicks() {
        return interruptTicks;
    }

    /** Run time of all LWPs, also of those that are gone, up to now. */
    public long totalNanos() {
        long total = finishedNanos;
        for (Lwp l = proc.lwps.head(); l != null; l = l.next) {
            total += l.runNanos();
        }
        return total;
    }

    /** The part of the run time that was spent in user mode; half of it as long as no tick has told. */
    public long userNanos() {
        return share(userTicks, true);
    }

    /** The part that was spent in the kernel; half of it as long as no tick has told. */
    public long systemNanos() {
        return share(systemTicks, true);
    }

    /** The part that interrupts took. */
    public long interruptNanos() {
        return share(interruptTicks, false);
    }

    private long share(long ticks, boolean halfIfUntold) {
        long total = totalNanos();
        long all = userTicks + systemTicks + interruptTicks;
        if (all == 0) {
            return halfIfUntold ? total / 2 : 0;
        }
        return total / all * ticks + total % all * ticks / all;
    }

    /** Whole seconds that the LWPs have run, each for itself, as the limit of CPU time counts them. */
    long limitedSeconds() {
        long seconds = finishedNanos / ProcStatistics.SECOND;
        for (Lwp l = proc.lwps.head(); l != null; l = l.next) {
            seconds += l.runNanos() / ProcStatistics.SECOND;
        }
        return seconds;
    }
}
