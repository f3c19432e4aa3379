// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import java.util.List;

/**
 * One system call of a log, put together from its two halves when others came between.
 *
 * @param thread id of the caller in the log
 * @param startLine line on which it began, which is its place in the order of the log
 * @param endLine line on which it returned, {@link Integer#MAX_VALUE} when it never did
 * @param arguments as written, without blanks around
 * @param result number returned; 0 when the log has {@code ?}
 * @param errno name of the error, or null
 * @param startNanos when it began, negative when the log has no times
 * @param endNanos when it returned, negative when that is not known
 */
public record StraceCall(int thread, int startLine, int endLine, String name, List<String> arguments,
        long result, String errno, long startNanos, long endNanos) {
    /** Whether the log has its return. */
    public boolean returned() {
        return endLine != Integer.MAX_VALUE;
    }

    /** Whether it returned without an error. */
    public boolean succeeded() {
        return returned() && errno == null;
    }

    /** How long it took, 0 when that is not known. */
    public long nanos() {
        return startNanos < 0 || endNanos < 0 ? 0 : Math.max(0, endNanos - startNanos);
    }

    /** An argument, or the empty text when there are fewer. */
    public String argument(int index) {
        return index < arguments.size() ? arguments.get(index) : "";
    }
}
