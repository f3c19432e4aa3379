// SPDX-License-Identifier: BSD-2-Clause
package bench;

import java.util.ArrayList;
import java.util.List;
import machine.core.event.EventSink;
import machine.core.event.EventType;

/** Keeps events as the shell's trace does. */
final class TraceSink implements EventSink {
    private final List<Event> events = new ArrayList<>();

    private record Event(long timeNanos, int cpu, EventType type, long a, long b, long c) {
    }

    @Override
    public void event(long sequence, long timeNanos, int cpu, EventType type, long a, long b, long c) {
        events.add(new Event(timeNanos, cpu, type, a, b, c));
    }

    int size() {
        return events.size();
    }

    void clear() {
        events.clear();
    }
}
