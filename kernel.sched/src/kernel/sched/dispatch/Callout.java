// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import machine.core.engine.Cpu;
import machine.core.engine.Timer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function to call after a number of clock ticks, after {@code callout(9)}.
 *
 * <p>{@link #fire} runs as a soft interrupt on the CPU where the callout was scheduled. It must not block.
 */
@ConsumerType
public abstract class Callout extends Timer {
    private final Dispatcher dispatcher;
    private boolean fired;

    /** Makes a callout that is not scheduled. */
    protected Callout(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** What to do when the time has come. */
    protected abstract void fire();

    /** Fires at the {@code ticks}-th clock tick from now; at least one. Replaces an earlier schedule. */
    public final void schedule(int ticks) {
        if (armed()) {
            dispatcher.engine().disarm(this);
        }
        fired = false;
        long tick = dispatcher.tick() + Math.max(1, ticks);
        dispatcher.engine().arm(this, dispatcher.here().cpu(), dispatcher.nanosOfTick(tick));
    }

    /** Cancels; true when it had fired already. */
    public final boolean halt() {
        if (armed()) {
            dispatcher.engine().disarm(this);
        }
        return fired;
    }

    /** True when scheduled and not fired. */
    public final boolean pending() {
        return armed();
    }

    /** The tick it fires or was last to fire at. */
    public final long tick() {
        return dispatcher.tickAt(deadlineNanos());
    }

    @Override
    protected final void expire(Cpu cpu) {
        fired = true;
        cpu.charge(dispatcher.costs().interruptNanos());
        fire();
    }
}
