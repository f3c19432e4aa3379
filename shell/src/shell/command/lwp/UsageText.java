// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.util.StringJoiner;
import kernel.lwp.machine.ResourceUsage;
import shell.command.format.Formatter;

/** A {@code struct rusage} in words. */
final class UsageText {
    private UsageText() {
    }

    /** Times first, then what was counted and is not 0. */
    static String of(ResourceUsage usage) {
        StringJoiner text = new StringJoiner(", ");
        text.add(Formatter.duration(usage.userNanos()) + " user").add(Formatter.duration(usage.systemNanos()) + " system");
        count(text, usage.maxResidentKilobytes(), "KiB");
        count(text, usage.minorFaults(), "minor faults");
        count(text, usage.majorFaults(), "major faults");
        count(text, usage.signals(), "signals");
        count(text, usage.voluntarySwitches(), "voluntary switches");
        count(text, usage.involuntarySwitches(), "involuntary switches");
        return text.toString();
    }

    private static void count(StringJoiner text, long count, String what) {
        if (count != 0) {
            text.add(count + " " + what);
        }
    }
}
