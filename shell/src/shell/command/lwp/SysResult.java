// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kernel.sched.errno.Errno;
import shell.command.Printed;
import shell.command.format.Worded;

/**
 * What became of a system call: the object that {@code sys} gives to scripts, and its line.
 *
 * @param lwp who made it: {@code 1.2}
 * @param call its name
 * @param arguments as they were typed
 * @param returned whether it has returned
 * @param value what it returned: -1 if it failed or has not returned
 * @param errno name of the error, empty if there is none
 * @param out what it stored, by parameter
 * @param shownOut what the line shows of that: the parameters that were given as {@code @}
 * @param hexadecimal whether the value is an address
 * @param state what the LWP does instead of returning; empty once the call returned
 */
public record SysResult(String lwp, String call, List<String> arguments, boolean returned, long value, String errno,
        Map<String, Object> out, Map<String, String> shownOut, boolean hexadecimal, String state)
        implements Printed, Worded {
    /** An out parameter by name. */
    public Object out(String parameter) {
        Object stored = out.get(parameter);
        if (stored == null) {
            throw new IllegalArgumentException(call + " stored no " + parameter
                    + (out.isEmpty() ? "; it stored nothing" : "; it stored " + String.join(", ", out.keySet())));
        }
        return stored;
    }

    /** The outcome in a word: the value, the name of the error, or what the LWP does instead of returning. */
    public String answer() {
        if (!returned) {
            return state;
        }
        return errno.isEmpty() ? shownValue() : errno;
    }

    private String shownValue() {
        return hexadecimal ? "0x" + Long.toHexString(value) : Long.toString(value);
    }

    @Override
    public String text() {
        return lwp + " " + call + arguments.stream().collect(Collectors.joining(", ", "(", ")")) + " = " + outcome();
    }

    private String outcome() {
        if (!returned) {
            return "? " + state;
        }
        if (!errno.isEmpty()) {
            return "-1 " + errno + " (" + Errno.text(Errno.byName(errno)) + ")";
        }
        return shownValue() + stored();
    }

    private String stored() {
        return shownOut.isEmpty() ? "" : shownOut.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", ", " [", "]"));
    }

    @Override
    public String toString() {
        return text();
    }
}
