// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.dispatch.Dispatcher;
import org.osgi.annotation.versioning.ProviderType;

/** What the core does for a revision. Nothing here blocks or interleaves. */
@ProviderType
public interface LwpRevisionHost {
    /** Clock id of the wall clock. */
    int CLOCK_REALTIME = 0;

    /** Clock id of the monotonic clock. */
    int CLOCK_MONOTONIC = 3;

    /** {@link #clockNanos}: no such clock. */
    long NO_CLOCK = Long.MIN_VALUE;

    /** {@link #clockNanos}: the CPU-time clock of a process or LWP that does not exist. */
    long NO_OWNER = Long.MIN_VALUE + 1;

    /** The kernel's dispatcher, to make queues with. */
    Dispatcher dispatcher();

    /**
     * Takes an id for a new LWP from the space it shares with processes; it belongs to that LWP afterwards.
     *
     * @return an id that no LWP of the process has, or 0 when there is none left
     */
    int claimId(Proc p);

    /** Whether a documented defect is to be reproduced now; the user may switch it at any time. */
    boolean quirk(LwpQuirk quirk);

    // Creation

    /** Makes a new LWP runnable; counts it in p_nrlwps if embryos are not counted. */
    void startRunnable(Lwp child);

    /** Puts a new LWP into LSSUSPENDED at once; it does not count in p_nrlwps. */
    void startSuspended(Lwp child);

    /** Has a new LWP suspend itself before its first user instruction (LW_WSUSPEND). */
    void suspendAtBoundary(Lwp child);

    // Park

    /** Ends the sleep of a parked LWP. */
    void wake(Lwp l);

    /** Leaves an unpark pending (LW_UNPARKED). */
    void leaveUnparked(Lwp l);

    // Time

    /** Length of a clock tick in nanoseconds. */
    long tickNanos();

    /**
     * The precise time of a clock in nanoseconds.
     *
     * @return the time, {@link #NO_CLOCK} or {@link #NO_OWNER}
     */
    long clockNanos(int clock);

    /** The wall clock as of the last tick, in nanoseconds. */
    long cachedRealtimeNanos();
}
