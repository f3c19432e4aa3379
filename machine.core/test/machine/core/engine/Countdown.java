// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

/** A condition that holds at the n-th question. */
final class Countdown {
    private int left;

    Countdown(int questions) {
        left = questions;
    }

    boolean reached() {
        return --left < 0;
    }
}
