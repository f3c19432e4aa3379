// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the call on a line: the thread and the time.
 *
 * <p>Known are {@code 123} and {@code [pid 123]}, and the times of {@code -t}, {@code -tt}, {@code -ttt}
 * and {@code -r}.
 *
 * @param thread 0 when the line names none
 * @param clock time of day or since the epoch, negative when there is none
 * @param sincePrevious time since the line before, negative when there is none
 * @param body the rest
 */
record LinePrefix(int thread, long clock, long sincePrevious, String body) {
    private static final Pattern PID = Pattern.compile("(?:\\[pid\\s+(\\d{1,9})\\]|(\\d{1,9})(?=\\s))\\s*");
    private static final Pattern TIME_OF_DAY = Pattern.compile("(\\d\\d):(\\d\\d):(\\d\\d)(\\.\\d{1,9})?\\s+");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,10}\\.\\d{1,9})\\s+");
    /** Smaller numbers of seconds are differences; a log of 1970 is not expected. */
    private static final long FIRST_EPOCH_SECOND = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;

    static LinePrefix of(String line) {
        String rest = line.stripLeading();
        int thread = 0;
        Matcher pid = PID.matcher(rest);
        if (pid.lookingAt()) {
            thread = Integer.parseInt(pid.group(1) != null ? pid.group(1) : pid.group(2));
            rest = rest.substring(pid.end());
        }
        Matcher day = TIME_OF_DAY.matcher(rest);
        if (day.lookingAt()) {
            long seconds = Long.parseLong(day.group(1)) * 3600 + Long.parseLong(day.group(2)) * 60
                    + Long.parseLong(day.group(3));
            long fraction = day.group(4) == null ? 0 : nanos("0" + day.group(4));
            return new LinePrefix(thread, seconds * SECOND + fraction, -1, rest.substring(day.end()));
        }
        Matcher seconds = SECONDS.matcher(rest);
        if (seconds.lookingAt()) {
            long nanos = nanos(seconds.group(1));
            String body = rest.substring(seconds.end());
            return nanos >= FIRST_EPOCH_SECOND * SECOND ? new LinePrefix(thread, nanos, -1, body)
                    : new LinePrefix(thread, -1, nanos, body);
        }
        return new LinePrefix(thread, -1, -1, rest);
    }

    /** Seconds with a fraction as nanoseconds. */
    static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
