// SPDX-License-Identifier: BSD-2-Clause
package machine.core.event;

import org.osgi.annotation.versioning.ProviderType;

/** What an event log asks of its engine. */
@ProviderType
public interface EventClock {

    /** Virtual time now, in nanoseconds. */
    long nowNanos();

    /** The current CPU, or -1 at a safe point. */
    int cpuNumber();

    /**
     * Called by the log when {@link EventLog#stopAt} is reached.
     *
     * @return whether the event is logged all the same
     */
    boolean limitReached();
}
