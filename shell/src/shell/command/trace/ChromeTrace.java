// SPDX-License-Identifier: BSD-2-Clause
package shell.command.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import machine.core.event.EventType;
import shell.command.format.Json;
import shell.command.trace.TraceBuffer.Event;

/**
 * Writes events as Chrome trace JSON, which Perfetto, Speedscope and {@code chrome://tracing} show: a track
 * for each CPU with who ran when, arrows from wake-ups to the switches they caused, a counter of
 * runnable LWPs, and marks for swaps and everything else.
 */
public final class ChromeTrace {
    private static final String SWITCH = "sched.switch";
    private static final String WAKEUP = "sched.wakeup";
    private static final String BLOCK = "sleep.block";
    private static final String EXIT = "sched.exit";
    private static final String SWAP = "swap.";
    private static final int IDLE_LID = 0;

    private final Writer out;
    private final SortedMap<Integer, Slice> running = new TreeMap<>();
    private final Map<String, Integer> arrows = new HashMap<>();
    private final TreeSet<String> runnable = new TreeSet<>();
    private final TreeSet<String> blocked = new TreeSet<>();
    private String separator = "[\n";
    private int lastArrow;

    /** What a CPU runs, and since when. */
    private record Slice(String task, long sinceNanos) {
    }

    private ChromeTrace(Writer out) {
        this.out = out;
    }

    /** Writes all events; the writer stays open. */
    public static void write(List<Event> events, int cpus, Writer target) throws IOException {
        BufferedWriter buffer = new BufferedWriter(target);
        ChromeTrace trace = new ChromeTrace(buffer);
        trace.names(cpus);
        long end = 0;
        for (Event event : events) {
            trace.event(event);
            end = Math.max(end, event.timeNanos());
        }
        for (Map.Entry<Integer, Slice> last : trace.running.entrySet()) {
            trace.slice(last.getKey(), last.getValue(), end);
        }
        buffer.write("\n]\n");
        buffer.flush();
    }

    private void names(int cpus) throws IOException {
        line("\"ph\":\"M\",\"pid\":0,\"name\":\"process_name\",\"args\":{\"name\":\"CPUs\"}");
        for (int cpu = 0; cpu < cpus; cpu++) {
            line("\"ph\":\"M\",\"pid\":0,\"tid\":" + cpu + ",\"name\":\"thread_name\",\"args\":{\"name\":\"cpu" + cpu
                    + "\"}");
        }
    }

    private void event(Event event) throws IOException {
        switch (event.type().name()) {
            case SWITCH -> switched(event);
            case WAKEUP -> woken(event);
            case BLOCK, EXIT -> {
                blocked.add(task(event));
                mark(event);
            }
            default -> mark(event);
        }
    }

    private void switched(Event event) throws IOException {
        Slice before = running.remove(event.cpu());
        if (before != null) {
            slice(event.cpu(), before, event.timeNanos());
            if (!blocked.remove(before.task())) {
                runnable.add(before.task());
            }
        }
        if (event.b() != IDLE_LID) {
            String task = task(event);
            running.put(event.cpu(), new Slice(task, event.timeNanos()));
            runnable.remove(task);
            blocked.remove(task);
            Integer arrow = arrows.remove(task);
            if (arrow != null) {
                line("\"ph\":\"f\",\"bp\":\"e\",\"cat\":\"wakeup\",\"name\":\"wakeup\",\"id\":" + arrow
                        + at(event, event.cpu()));
            }
        }
        counter(event);
    }

    private void woken(Event event) throws IOException {
        String task = task(event);
        runnable.add(task);
        blocked.remove(task);
        arrows.put(task, ++lastArrow);
        line("\"ph\":\"s\",\"cat\":\"wakeup\",\"name\":\"wakeup\",\"id\":" + lastArrow
                + at(event, Math.max(event.cpu(), 0)));
        counter(event);
    }

    private void slice(int cpu, Slice slice, long untilNanos) throws IOException {
        line("\"ph\":\"X\",\"cat\":\"run\",\"name\":" + Json.of(slice.task()) + ",\"pid\":0,\"tid\":" + cpu
                + ",\"ts\":" + micros(slice.sinceNanos()) + ",\"dur\":" + micros(untilNanos - slice.sinceNanos()));
    }

    private void counter(Event event) throws IOException {
        line("\"ph\":\"C\",\"name\":\"runnable\",\"pid\":0,\"ts\":" + micros(event.timeNanos())
                + ",\"args\":{\"runnable\":" + runnable.size() + "}");
    }

    private void mark(Event event) throws IOException {
        boolean global = event.type().name().startsWith(SWAP);
        line("\"ph\":\"i\",\"cat\":\"event\",\"s\":\"" + (global ? "g" : "t") + "\",\"name\":"
                + Json.of(event.type().name())
                + at(event, Math.max(event.cpu(), 0)) + ",\"args\":" + arguments(event));
    }

    private static String arguments(Event event) {
        EventType type = event.type();
        long[] values = {event.a(), event.b(), event.c()};
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < type.fields().size(); i++) {
            text.append(i == 0 ? "" : ",").append(Json.of(type.fields().get(i))).append(':').append(values[i]);
        }
        return text.append('}').toString();
    }

    private static String task(Event event) {
        return event.a() + "." + event.b();
    }

    private static String at(Event event, int cpu) {
        return ",\"pid\":0,\"tid\":" + cpu + ",\"ts\":" + micros(event.timeNanos());
    }

    /** Microseconds with the nanoseconds behind the point. */
    private static String micros(long nanos) {
        return nanos / 1000 + "." + Long.toString(1000 + nanos % 1000).substring(1);
    }

    private void line(String fields) throws IOException {
        out.write(separator);
        out.write("{" + fields + "}");
        separator = ",\n";
    }
}
