// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import machine.core.engine.Engine;

/** Synthetic kernel addresses: unique, ascending, with gaps that the seed decides. */
final class Addresses {
    private static final long BASE = 0xffff_8000_0100_0000L;
    private static final long STREAM = 0xadd2e55;
    private static final int ALIGN = 64;

    private final Engine engine;
    private long last = BASE;

    Addresses(Engine engine) {
        this.engine = engine;
    }

    long next() {
        last += ALIGN + (engine.random(STREAM) & 7) * ALIGN;
        return last;
    }
}
