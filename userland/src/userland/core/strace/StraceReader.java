// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import userland.core.text.InputError;
import userland.core.text.Tally;

/**
 * Reads what {@code strace} wrote.
 *
 * <p>Calls that others interrupted in the log ({@code <unfinished ...>} and {@code <... resumed>}) are put
 * together again. Lines that are no strace output are errors that name the line; only a last line that was
 * cut off is counted instead.
 */
public final class StraceReader {
    private static final Pattern CALL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*|\\?\\?\\?)\\(");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\S+) resumed>\\s?");
    private static final Pattern UNFINISHED = Pattern.compile("\\s*<(?:unfinished|detached) \\.\\.\\.>\\s*$");
    private static final Pattern EXITED = Pattern.compile("\\+\\+\\+ exited with (-?\\d+) \\+\\+\\+\\s*");
    private static final Pattern KILLED = Pattern.compile("\\+\\+\\+ killed by (\\S+).*\\+\\+\\+\\s*");
    private static final Pattern SIGNAL = Pattern.compile("--- (\\S+) .*---\\s*");
    private static final Pattern MESSAGE = Pattern.compile("strace: .*|<pid changed .*>|\\+\\+\\+ superseded by .*");

    private final String file;
    private final Map<Integer, ThreadLines> threads = new LinkedHashMap<>();
    private final Tally unsupported = new Tally();
    private int line;
    private long elapsed = -1;

    private StraceReader(String file) {
        this.file = file;
    }

    /**
     * The log in a text.
     *
     * @param file name for messages
     * @throws InputError for lines that are no strace output, and when there is no call at all
     */
    public static StraceLog read(String file, String text) {
        StraceReader reader = new StraceReader(file);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            reader.line = i + 1;
            reader.take(lines[i].stripTrailing(), i == lines.length - 1);
        }
        return reader.finish();
    }

    private StraceLog finish() {
        List<StraceThread> list = new ArrayList<>();
        for (ThreadLines thread : threads.values()) {
            list.add(thread.finish());
        }
        if (list.stream().allMatch(thread -> thread.calls().isEmpty())) {
            throw new InputError(file, 1, "no system call in the file; is it an strace log?");
        }
        return new StraceLog(file, List.copyOf(list), unsupported.counts());
    }

    private void take(String text, boolean last) {
        if (text.isBlank()) {
            return;
        }
        LinePrefix prefix = LinePrefix.of(text);
        String body = prefix.body();
        if (MESSAGE.matcher(text).matches() || MESSAGE.matcher(body).matches()) {
            unsupported.add("strace message");
        } else if (!event(prefix, body)) {
            if (!last) {
                throw new InputError(file, line, "not an strace line: " + shortened(text));
            }
            unsupported.add("strace line cut off");
        }
    }

    private boolean event(LinePrefix prefix, String body) {
        ThreadLines thread = threads.computeIfAbsent(prefix.thread(), ThreadLines::new);
        long time = time(prefix);
        Matcher resumed = RESUMED.matcher(body);
        Matcher call = CALL.matcher(body);
        Matcher killed = KILLED.matcher(body);
        Matcher signal = SIGNAL.matcher(body);
        if (resumed.lookingAt()) {
            return resume(thread, resumed.group(1), body.substring(resumed.end()), time);
        } else if (call.lookingAt()) {
            return call(thread, call.group(1), body.substring(call.end()), time);
        } else if (EXITED.matcher(body).matches()) {
            thread.end(line, null);
        } else if (killed.matches()) {
            thread.end(line, killed.group(1));
        } else if (signal.matches()) {
            unsupported.add("signal " + signal.group(1));
        } else {
            return false;
        }
        return true;
    }

    /** Time of the line on the log's own clock, negative when it has none. */
    private long time(LinePrefix prefix) {
        if (prefix.sincePrevious() >= 0) {
            elapsed = Math.max(elapsed, 0) + prefix.sincePrevious();
            return elapsed;
        }
        return prefix.clock();
    }

    private boolean call(ThreadLines thread, String name, String rest, long time) {
        Matcher unfinished = UNFINISHED.matcher(rest);
        if (unfinished.find()) {
            if (thread.pending()) {
                throw new InputError(file, line, "thread " + thread.id() + " calls " + name
                        + " while its " + thread.pendingName() + " has not returned");
            }
            thread.begin(line, name, rest.substring(0, unfinished.start()), time);
            return true;
        }
        int close = ArgumentText.close(rest, 0, 1);
        CallResult result = close < 0 ? null : CallResult.of(rest.substring(close + 1));
        if (result == null) {
            return false;
        }
        thread.begin(line, name, rest.substring(0, close), time);
        thread.complete(line, result, time);
        return true;
    }

    private boolean resume(ThreadLines thread, String name, String rest, long time) {
        if (!thread.pending() || !thread.pendingName().equals(name)) {
            throw new InputError(file, line, "thread " + thread.id() + " resumes " + name
                    + " but has no unfinished call of that name");
        }
        Matcher unfinished = UNFINISHED.matcher(rest);
        if (unfinished.find()) {
            thread.append(rest.substring(0, unfinished.start()));
            return true;
        }
        // The first half may have left brackets open: look at both halves together.
        String arguments = thread.pendingArguments() + rest;
        int close = ArgumentText.close(arguments, 0, 1);
        CallResult result = close < 0 ? null : CallResult.of(arguments.substring(close + 1));
        if (result == null) {
            return false;
        }
        thread.replaceArguments(arguments.substring(0, close));
        thread.complete(line, result, time);
        return true;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
