// SPDX-License-Identifier: BSD-2-Clause
package shell.command.argument;

import java.util.List;
import kernel.vm.syscall.Parameter;
import shell.command.argument.Argument.Time;
import userland.quantity.DurationText;

/** Reads times: {@code 1.5s}, {@code +1.5s} and {@code [SEC NSEC]}. */
final class Times {
    private static final long SECOND = 1_000_000_000L;

    private Times() {
    }

    static Argument read(Parameter parameter, Object word) {
        if (word instanceof List<?> list) {
            return pair(parameter, list);
        }
        String text = word.toString();
        boolean fromNow = text.startsWith("+");
        try {
            long nanos = DurationText.parseNanos(fromNow ? text.substring(1) : text);
            return new Time(parameter, text, nanos / SECOND, nanos % SECOND, fromNow);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no " + parameter.name() + "; "
                    + ArgumentReader.forms(parameter), e);
        }
    }

    /** Seconds and nanoseconds as they are, valid or not: a call has to be tried with bad times too. */
    private static Argument pair(Parameter parameter, List<?> list) {
        if (list.size() != 2) {
            throw new IllegalArgumentException(parameter.name() + " as a list is [SEC NSEC], two numbers, not " + list);
        }
        return new Time(parameter, ArgumentReader.shown(list), Numbers.parse(list.getFirst(), "SEC"),
                Numbers.parse(list.getLast(), "NSEC"), false);
    }
}
