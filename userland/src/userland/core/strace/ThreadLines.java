// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import java.util.ArrayList;
import java.util.List;

/** One thread while its lines are read: the calls so far and the one that has not returned. */
final class ThreadLines {
    private final int id;
    private final List<StraceCall> calls = new ArrayList<>();
    private int endLine = Integer.MAX_VALUE;
    private String killedBy;
    private String name;
    private String arguments;
    private int startLine;
    private long startNanos;

    ThreadLines(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    boolean pending() {
        return name != null;
    }

    String pendingName() {
        return name;
    }

    String pendingArguments() {
        return arguments;
    }

    void begin(int line, String call, String text, long nanos) {
        if (pending()) {
            // A thread that starts over while in a call was taken out of it; the log says no more about it.
            abandonPending();
        }
        name = call;
        arguments = text;
        startLine = line;
        startNanos = nanos;
    }

    void append(String text) {
        arguments += text;
    }

    void replaceArguments(String text) {
        arguments = text;
    }

    /** The pending call returned; without a time of its own the line's time is the end, if it is a later line. */
    void complete(int line, CallResult result, long lineNanos) {
        if (!result.known()) {
            abandonPending();
            return;
        }
        long end = startNanos < 0 ? -1
                : result.nanos() >= 0 ? startNanos + result.nanos()
                : line > startLine ? lineNanos : startNanos;
        calls.add(new StraceCall(id, startLine, line, name, ArgumentText.split(arguments), result.value(),
                result.errno(), startNanos, end));
        name = null;
    }

    void end(int line, String signal) {
        endLine = line;
        killedBy = signal;
    }

    StraceThread finish() {
        if (pending()) {
            abandonPending();
        }
        return new StraceThread(id, List.copyOf(calls), endLine, killedBy);
    }

    private void abandonPending() {
        calls.add(new StraceCall(id, startLine, Integer.MAX_VALUE, name, ArgumentText.split(arguments), 0, null,
                startNanos, -1));
        name = null;
    }
}
