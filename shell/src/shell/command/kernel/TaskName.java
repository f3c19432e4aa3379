// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import shell.command.argument.Numbers;

/**
 * An LWP as users name it: {@code PID.LID}, or {@code PID} for the first LWP of the process.
 *
 * @param lid 0 for the first LWP
 */
public record TaskName(int pid, int lid) {
    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException naming the text
     */
    public static TaskName parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 2 || !Numbers.isNumber(parts[0]) || !Numbers.isNumber(parts[parts.length - 1])) {
            String hint = text.isEmpty() || text.equals("null")
                    ? "the variable is unset; a dot belongs to a name, so write ${p}.2 rather than $p.2"
                    : "write PID or PID.LID";
            throw new IllegalArgumentException("'" + text + "' is no LWP; " + hint);
        }
        int lid = parts.length == 1 ? 0 : Numbers.natural(parts[1], "a lid");
        return new TaskName(Numbers.natural(parts[0], "a pid"), lid);
    }

    /** Whether it means the first LWP of the process. */
    public boolean first() {
        return lid == 0;
    }

    @Override
    public String toString() {
        return first() ? Integer.toString(pid) : pid + "." + lid;
    }
}
