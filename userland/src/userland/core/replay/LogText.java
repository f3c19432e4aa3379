// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import userland.core.strace.StraceCall;
import userland.core.text.InputError;

/** Reads the arguments of logged calls. */
final class LogText {
    private static final Pattern SECONDS = Pattern.compile("tv_sec=(-?\\d+)");
    private static final Pattern NANOS = Pattern.compile("tv_nsec=(-?\\d+)");

    private final String file;

    LogText(String file) {
        this.file = file;
    }

    /** A number or {@code NULL}. */
    long number(StraceCall call, int index) {
        String text = call.argument(index);
        try {
            if (text.equals("NULL")) {
                return 0;
            }
            return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new InputError(file, call.startLine(), "argument " + (index + 1) + " of " + call.name()
                    + " is no number: '" + text + "'");
        }
    }

    /** A {@code {tv_sec=.., tv_nsec=..}} in nanoseconds, negative when it is none. */
    long timespec(StraceCall call, int index) {
        Matcher seconds = SECONDS.matcher(call.argument(index));
        Matcher nanos = NANOS.matcher(call.argument(index));
        if (!seconds.find() || !nanos.find()) {
            return -1;
        }
        try {
            return Math.addExact(Math.multiplyExact(Long.parseLong(seconds.group(1)), 1_000_000_000L),
                    Long.parseLong(nanos.group(1)));
        } catch (NumberFormatException | ArithmeticException outOfRange) {
            return -1;
        }
    }

    /** The value of {@code name=0x..} anywhere in the arguments, 0 when there is none. */
    long field(StraceCall call, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=(?:\\[)?0x([0-9a-f]{1,16})")
                .matcher(String.join(",", call.arguments()));
        return matcher.find() ? Long.parseUnsignedLong(matcher.group(1), 16) : 0;
    }
}
