// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.List;
import java.util.Map;

/**
 * Everything a replay does, decided before it starts.
 *
 * @param name file name of the log
 * @param processes the first one is the log's own, the others are forked by it or by each other
 * @param tokens number of tokens
 * @param unsupported what the replay leaves out, with how often
 */
record ReplayPlan(String name, List<ProcessPlan> processes, int tokens, Map<String, Long> unsupported) {
}
