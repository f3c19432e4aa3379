// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows the argument list: {@code = -1 EAGAIN (text) <0.000021>}.
 *
 * @param known whether the call returned: the log has {@code ?} for one that never did
 * @param errno name of the error, or null
 * @param nanos time the call took, negative when the line does not say
 */
record CallResult(boolean known, long value, String errno, long nanos) {
    private static final Pattern TEXT = Pattern.compile(
            "\\s*=\\s*(?<value>\\?|-?\\d+|0x[0-9a-f]+)(?:<[^>]*>)?(?:\\s+(?<errno>E[A-Z0-9_]+))?(?:\\s+\\(.*\\))?"
            + "(?:\\s+<(?<time>\\d+\\.\\d+)>)?\\s*");

    /** Null when the text is no result. */
    static CallResult of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String time = matcher.group("time");
        try {
            String value = matcher.group("value");
            return new CallResult(!value.equals("?"), number(value), matcher.group("errno"),
                    time == null ? -1 : LinePrefix.nanos(time));
        } catch (NumberFormatException outOfRange) {
            return null;
        }
    }

    private static long number(String text) {
        if (text.equals("?")) {
            return 0;
        }
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
    }
}
