// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.policy.Scheduler;
import machine.core.engine.Cpu;
import machine.core.engine.Timer;

/**
 * The one callout that the active scheduler may have, on the first CPU.
 *
 * <p>What a scheduler asks for while it takes over counts when the swap is committed; that of its predecessor ends then.
 */
final class SchedulerCallout extends Timer {
    private final Dispatcher dispatcher;
    private boolean swapping;
    /** What the next scheduler asked for, in ticks; 0 for nothing. */
    private int wishedTicks;

    SchedulerCallout(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** SchedulerHost.callAfter. */
    void request(int ticks) {
        if (swapping) {
            wishedTicks = Math.max(1, ticks);
        } else {
            long tick = dispatcher.tick() + Math.max(1, ticks);
            dispatcher.engine().arm(this, dispatcher.cpu(0).cpu(), dispatcher.nanosOfTick(tick));
        }
    }

    /** From here on the scheduler that takes over asks. */
    void beginImport() {
        swapping = true;
        wishedTicks = 0;
    }

    /** The swap failed: the callout of the old scheduler, if it has one, goes on. */
    void abandonImport() {
        swapping = false;
    }

    /** Another scheduler is active, or none. */
    void handOver() {
        dispatcher.engine().disarm(this);
        if (swapping && wishedTicks > 0) {
            swapping = false;
            request(wishedTicks);
        }
        swapping = false;
    }

    @Override
    public boolean background() {
        return true;
    }

    @Override
    protected void expire(Cpu cpu) {
        cpu.charge(dispatcher.costs().interruptNanos());
        dispatcher.port().inform("timeout", Scheduler::timeout);
    }
}
