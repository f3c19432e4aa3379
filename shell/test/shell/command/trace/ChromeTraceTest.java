// SPDX-License-Identifier: BSD-2-Clause
package shell.command.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import machine.core.event.EventType;
import org.junit.jupiter.api.Test;
import shell.command.trace.TraceBuffer.Event;

class ChromeTraceTest {
    private final EventType switches = EventType.of("sched.switch", "pid", "lid", "prev");
    private final EventType wakeup = EventType.of("sched.wakeup", "pid", "lid", "cpu");
    private final EventType block = EventType.of("sleep.block", "pid", "lid", "channel");
    private final EventType swap = EventType.of("swap.commit");

    private List<String> trace(Event... events) throws IOException {
        StringWriter out = new StringWriter();
        ChromeTrace.write(List.of(events), 1, out);
        return out.toString().lines().filter(l -> l.startsWith("{") && !l.contains("\"ph\":\"M\""))
                .map(l -> l.endsWith(",") ? l.substring(0, l.length() - 1) : l).toList();
    }

    @Test
    void whoRanIsASliceAndWakeupsPointToIt() throws IOException {
        assertEquals(List.of(
                "{\"ph\":\"s\",\"cat\":\"wakeup\",\"name\":\"wakeup\",\"id\":1,\"pid\":0,\"tid\":0,\"ts\":1.500}",
                "{\"ph\":\"C\",\"name\":\"runnable\",\"pid\":0,\"ts\":1.500,\"args\":{\"runnable\":1}}",
                "{\"ph\":\"f\",\"bp\":\"e\",\"cat\":\"wakeup\",\"name\":\"wakeup\",\"id\":1,\"pid\":0,\"tid\":0,\"ts\":2.000}",
                "{\"ph\":\"C\",\"name\":\"runnable\",\"pid\":0,\"ts\":2.000,\"args\":{\"runnable\":0}}",
                "{\"ph\":\"i\",\"cat\":\"event\",\"s\":\"t\",\"name\":\"sleep.block\",\"pid\":0,\"tid\":0,\"ts\":3.001,"
                        + "\"args\":{\"pid\":1,\"lid\":2,\"channel\":9}}",
                "{\"ph\":\"X\",\"cat\":\"run\",\"name\":\"1.2\",\"pid\":0,\"tid\":0,\"ts\":2.000,\"dur\":1.002}",
                "{\"ph\":\"C\",\"name\":\"runnable\",\"pid\":0,\"ts\":3.002,\"args\":{\"runnable\":0}}"),
                trace(new Event(1500, -1, wakeup, 1, 2, 0), new Event(2000, 0, switches, 1, 2, 0),
                        new Event(3001, 0, block, 1, 2, 9), new Event(3002, 0, switches, 0, 0, 2)));
    }

    @Test
    void preemptedTaskStaysRunnableAndTheLastSliceIsClosed() throws IOException {
        List<String> lines = trace(new Event(0, 0, switches, 1, 1, 0), new Event(1000, 0, switches, 1, 2, 1),
                new Event(5000, -1, swap, 0, 0, 0));
        assertEquals("{\"ph\":\"C\",\"name\":\"runnable\",\"pid\":0,\"ts\":1.000,\"args\":{\"runnable\":1}}",
                lines.get(2));
        assertEquals("{\"ph\":\"i\",\"cat\":\"event\",\"s\":\"g\",\"name\":\"swap.commit\",\"pid\":0,\"tid\":0,\"ts\":5.000,\"args\":{}}",
                lines.get(3));
        assertEquals("{\"ph\":\"X\",\"cat\":\"run\",\"name\":\"1.2\",\"pid\":0,\"tid\":0,\"ts\":1.000,\"dur\":4.000}",
                lines.get(4));
    }

    @Test
    void fullBufferCountsWhatItDrops() {
        TraceBuffer buffer = new TraceBuffer(1);
        buffer.event(1, 0, 0, swap, 0, 0, 0);
        buffer.event(2, 0, 0, swap, 0, 0, 0);
        assertEquals(1, buffer.events().size());
        assertEquals(1, buffer.dropped());
    }
}
