// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import org.osgi.annotation.versioning.ProviderType;

/** The timeout of a park, for conversion into ticks. Owned by the core, valid during the call. */
@ProviderType
public final class ParkRequest {
    /** The clock of the timeout. */
    public int clock;

    /** Whether the time is absolute (TIMER_ABSTIME). */
    public boolean absolute;

    /** Seconds. */
    public long seconds;

    /** Nanoseconds. */
    public long nanos;

    /** Out: the timeout, at least 1. */
    public int ticks;

    /** Out: the precise time of the clock when it was read, in nanoseconds. */
    public long startNanos;
}
