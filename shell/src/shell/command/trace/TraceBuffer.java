// SPDX-License-Identifier: BSD-2-Clause
package shell.command.trace;

import java.util.ArrayList;
import java.util.List;
import machine.core.event.EventSink;
import machine.core.event.EventType;

/**
 * Keeps the events of a kernel while it is traced. The engine thread fills it, and whoever reads it does
 * so at a safe point.
 */
public final class TraceBuffer implements EventSink {
    /** Events after this many are counted and dropped: about 400 MB. */
    static final int MOST = 8_000_000;

    private final List<Event> events = new ArrayList<>();
    private final int most;
    private long dropped;

    /** One event; see {@link EventSink}. */
    public record Event(long timeNanos, int cpu, EventType type, long a, long b, long c) {
    }

    public TraceBuffer() {
        this(MOST);
    }

    TraceBuffer(int most) {
        this.most = most;
    }

    @Override
    public void event(long sequence, long timeNanos, int cpu, EventType type, long a, long b, long c) {
        if (events.size() == most) {
            dropped++;
        } else {
            events.add(new Event(timeNanos, cpu, type, a, b, c));
        }
    }

    public List<Event> events() {
        return events;
    }

    public long dropped() {
        return dropped;
    }

    /** What is there at a safe point, for use afterwards. */
    Copy copy() {
        return new Copy(List.copyOf(events), dropped);
    }

    /** See {@link #copy}. */
    record Copy(List<Event> events, long dropped) {
    }
}
