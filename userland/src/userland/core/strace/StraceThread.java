// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import java.util.List;

/**
 * A thread of a log.
 *
 * @param id its number in the log, 0 when the log has none
 * @param calls in order
 * @param endLine line that says that it ended, {@link Integer#MAX_VALUE} when none does
 * @param killedBy signal that killed it, or null
 */
public record StraceThread(int id, List<StraceCall> calls, int endLine, String killedBy) {
}
