// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * One call of a thread of the log: compute, wait for others, act, tell others.
 *
 * <p>Threads order each other by tokens. A token is given by one step and awaited by one other, and a
 * step is only made to await tokens of steps that the log has on an earlier line. So whatever the
 * replay's own timing is, some thread can always go on: a replay ends.
 */
final class Step {
    /** Line of the log, which is the step's place in its order. */
    final int line;
    /** Time to compute first. */
    final long computeNanos;
    /** Tokens to await then. */
    final List<Token> awaits = new ArrayList<>(0);
    /** What to do, in order; nothing when the call only orders threads. */
    final List<Action> actions = new ArrayList<>(1);
    /** Tokens to give: after the actions, or before one from which the thread does not come back. */
    final List<Token> gives = new ArrayList<>(0);

    Step(int line, long computeNanos) {
        this.line = line;
        this.computeNanos = computeNanos;
    }
}
