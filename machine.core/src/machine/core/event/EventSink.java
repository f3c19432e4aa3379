// SPDX-License-Identifier: BSD-2-Clause
package machine.core.event;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives every event of a kernel while tracing. */
@ConsumerType
@FunctionalInterface
public interface EventSink {

    /**
     * Takes one event. Called on the engine thread, in the middle of kernel code: it must return
     * quickly, not throw, and not touch the kernel.
     *
     * @param sequence number of the event, from 1
     * @param timeNanos virtual time
     * @param cpu CPU number, or -1 at a safe point
     * @param type what happened
     * @param a first value
     * @param b second value
     * @param c third value
     */
    void event(long sequence, long timeNanos, int cpu, EventType type, long a, long b, long c);
}
