// SPDX-License-Identifier: BSD-2-Clause
package machine.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final EventType A = EventType.of("a", "x", "y");
    private static final EventType B = EventType.of("b");

    /** A clock that is set by hand. */
    private static final class Clock implements EventClock {
        long now = 5;
        int cpu = 1;
        boolean admits = true;
        int asked;

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public int cpuNumber() {
            return cpu;
        }

        @Override
        public boolean limitReached() {
            asked++;
            return admits;
        }
    }

    private final Clock clock = new Clock();
    private final EventLog log = new EventLog(clock);

    private static long hash(Consumer<EventLog> events) {
        EventLog log = new EventLog(new Clock());
        events.accept(log);
        return log.hash();
    }

    @Test
    void theHashDependsOnEverything() {
        Set<Long> hashes = new HashSet<>();
        hashes.add(hash(log -> { }));
        hashes.add(hash(log -> log.log(A, 0, 0, 0)));
        hashes.add(hash(log -> log.log(B, 0, 0, 0)));
        hashes.add(hash(log -> log.log(A, 1, 0, 0)));
        hashes.add(hash(log -> log.log(A, 0, 1, 0)));
        hashes.add(hash(log -> log.log(A, 0, 0, 1)));
        hashes.add(hash(log -> log.log(A, -1, 0, 0)));
        hashes.add(hash(log -> both(log, A, B)));
        hashes.add(hash(log -> both(log, B, A)));
        clock.now++;
        log.log(A, 0, 0, 0);
        hashes.add(log.hash());
        Clock elsewhere = new Clock();
        elsewhere.cpu = 2;
        EventLog other = new EventLog(elsewhere);
        other.log(A, 0, 0, 0);
        hashes.add(other.hash());
        assertEquals(11, hashes.size());
    }

    private static void both(EventLog log, EventType first, EventType second) {
        log.log(first, 0, 0, 0);
        log.log(second, 0, 0, 0);
    }

    @Test
    void smallValuesDoNotCollide() {
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            int a = i % 100;
            int b = i / 100 % 100;
            int c = i / 10_000;
            assertTrue(hashes.add(hash(log -> log.log(A, a, b, c))));
        }
    }

    @Test
    void theHashIsFixedForever() {
        log.log(A, 1, 2, 3);
        log.log(B, -1, 0, Long.MAX_VALUE);
        assertEquals("79146a8a8b0c500e", log.hashText());
    }

    @Test
    void sinksSeeEventsWhilePresent() {
        List<String> seen = new ArrayList<>();
        EventSink sink = (sequence, time, cpu, type, a, b, c) ->
                seen.add(sequence + " " + time + " " + cpu + " " + type + " " + a + b + c);
        log.log(A, 1, 1, 1);
        log.sink(sink);
        log.log(B, 7, 8, 9);
        log.removeSink(sink);
        log.log(A, 1, 1, 1);
        assertEquals(List.of("2 5 1 b 789"), seen);
        assertEquals(3, log.count());
    }

    @Test
    void theClockIsAskedFromTheLimitOn() {
        log.stopAt(2);
        log.log(A, 0, 0, 0);
        assertEquals(0, clock.asked);
        log.log(A, 0, 0, 0);
        assertEquals(1, clock.asked);
        clock.admits = false;
        log.log(A, 0, 0, 0);
        assertEquals(2, log.count());
    }

    @Test
    void typesAreEqualByName() {
        assertEquals(EventType.of("a"), A);
        assertEquals(EventType.of("a").id(), A.id());
        assertNotEquals(A, B);
        assertEquals(List.of("x", "y"), A.fields());
        assertThrows(IllegalArgumentException.class, () -> EventType.of(" "));
        assertThrows(IllegalArgumentException.class, () -> EventType.of("a", "1", "2", "3", "4"));
    }
}
