// SPDX-License-Identifier: BSD-2-Clause
package machine.core.event;

import java.util.Arrays;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Everything noteworthy a kernel does, in order, folded into one 64-bit hash.
 *
 * <p>The hash depends on the order, time, CPU, type name and values of all events and on nothing else,
 * so two runs with the same hash did the same things at the same virtual times. It is always kept;
 * sinks see the events themselves and cost time only while present. Logging allocates nothing.
 */
@ProviderType
public final class EventLog {

    private static final long PRIME = 0x9e3779b97f4a7c15L;
    private static final long PRIME_A = 0xc2b2ae3d27d4eb4fL;
    private static final long PRIME_B = 0x165667b19e3779f9L;
    private static final long PRIME_C = 0x27d4eb2f165667c5L;
    private static final long PRIME_TIME = 0xd6e8feb86659fd93L;
    private static final long PRIME_CPU = 0xa0761d6478bd642fL;

    private final EventClock clock;
    private long count;
    private long hash = PRIME;
    private long stopAt = Long.MAX_VALUE;
    private EventSink[] sinks = {};

    /** Makes the log of one engine. */
    public EventLog(EventClock clock) {
        this.clock = clock;
    }

    /**
     * Logs one event at the current virtual time and CPU.
     *
     * @param type what happened
     * @param a first value, 0 if unused
     * @param b second value, 0 if unused
     * @param c third value, 0 if unused
     */
    public void log(EventType type, long a, long b, long c) {
        if (count + 1 >= stopAt && !clock.limitReached()) {
            return;
        }
        long now = clock.nowNanos();
        int cpu = clock.cpuNumber();
        // The products are independent of each other; only the last line waits for the previous event.
        long word = a * PRIME_A ^ Long.rotateLeft(b * PRIME_B, 21) ^ Long.rotateLeft(c * PRIME_C, 42)
                ^ now * PRIME_TIME + cpu * PRIME_CPU + type.hash();
        hash = (Long.rotateLeft(hash, 5) ^ word ^ word >>> 29) * PRIME;
        count++;
        if (sinks.length != 0) {
            publish(now, cpu, type, a, b, c);
        }
    }

    private void publish(long now, int cpu, EventType type, long a, long b, long c) {
        for (EventSink sink : sinks) {
            sink.event(count, now, cpu, type, a, b, c);
        }
    }

    /** Number of events so far. */
    public long count() {
        return count;
    }

    /** Hash over all events so far. */
    public long hash() {
        return hash;
    }

    /** The hash as 16 hexadecimal digits, the form in which reports print it. */
    public String hashText() {
        return String.format("%016x", hash);
    }

    /** Adds a sink; it sees the events from now on. */
    public void sink(EventSink sink) {
        EventSink[] more = Arrays.copyOf(sinks, sinks.length + 1);
        more[sinks.length] = sink;
        sinks = more;
    }

    /** Removes a sink; does nothing if it is not there. */
    public void removeSink(EventSink sink) {
        sinks = Arrays.stream(sinks).filter(s -> s != sink).toArray(EventSink[]::new);
    }

    /** Asks the clock before each event from number {@code events} on; for the engine. */
    public void stopAt(long events) {
        stopAt = events;
    }
}
