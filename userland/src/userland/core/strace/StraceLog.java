// SPDX-License-Identifier: BSD-2-Clause
package userland.core.strace;

import java.util.List;
import java.util.Map;

/**
 * A log as read.
 *
 * @param name file name, for messages
 * @param threads in order of their first line; the first is the one traced first
 * @param unsupported lines that say something the replay has no counterpart for
 */
public record StraceLog(String name, List<StraceThread> threads, Map<String, Long> unsupported) {
}
