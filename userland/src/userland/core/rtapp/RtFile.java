// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.util.List;
import java.util.Map;

/**
 * What an rt-app file asks for.
 *
 * @param name file name, for messages
 * @param durationNanos {@code global.duration}, negative when the file has none
 * @param unsupported keys that have no counterpart here, with how often they came up
 */
public record RtFile(String name, long durationNanos, List<RtTask> tasks, Map<String, Long> unsupported) {
    /** Threads that the tasks become. */
    public int threads() {
        return tasks.stream().mapToInt(RtTask::instances).sum();
    }
}
