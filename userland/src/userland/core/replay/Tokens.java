// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

/** Makes the tokens of a plan. */
final class Tokens {
    private int count;

    /** Makes one step wait for another; nothing when the same thread makes both, which orders them anyway. */
    void order(Step before, ThreadPlan giver, Step after, ThreadPlan waiter) {
        if (giver != waiter) {
            Token token = new Token(count++, waiter.index);
            before.gives.add(token);
            after.awaits.add(token);
        }
    }

    int count() {
        return count;
    }
}
