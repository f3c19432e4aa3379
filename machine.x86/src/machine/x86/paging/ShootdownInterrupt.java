// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import machine.core.engine.Cpu;
import machine.core.engine.Timer;

/**
 * What a shootdown costs the CPU that receives it.
 *
 * <p>The translations are already gone when the sender goes on; this only takes the receiver's time.
 */
final class ShootdownInterrupt extends Timer {
    private final long entryNanos;
    private long workNanos;

    ShootdownInterrupt(long entryNanos) {
        this.entryNanos = entryNanos;
    }

    /** Requests the interrupt; requests that arrive before it is taken are served by it too. */
    void send(Cpu receiver, long nanos, long latencyNanos) {
        workNanos += nanos;
        if (!armed()) {
            receiver.raise(this, latencyNanos);
        }
    }

    @Override
    protected void expire(Cpu cpu) {
        cpu.charge(entryNanos + workNanos);
        workNanos = 0;
    }
}
