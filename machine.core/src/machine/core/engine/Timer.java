// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that happens on one CPU at one virtual time: a clock tick, a callout, an interrupt, an IPI.
 *
 * <p>Subclasses are preallocated and armed again and again; arming allocates nothing. A timer is armed
 * on at most one engine at a time. The order of timers is total: deadline, then a tie-break drawn from
 * the seed, then the order of arming.
 */
@ConsumerType
public abstract class Timer {

    static final int IDLE = -1;
    static final int PENDING = -2;

    /** Index in the engine's heap, or {@link #IDLE} or {@link #PENDING}. */
    int position = IDLE;
    int tie;
    boolean foreground;
    long deadlineNanos;
    long sequence;
    Cpu cpu;
    Timer previous;
    Timer next;

    /** Makes a timer that is not armed. */
    protected Timer() {
    }

    /**
     * Handles the interrupt.
     *
     * <p>Called on the engine thread, between context slices, with {@link Engine#current()} set to
     * {@code cpu} and the timer no longer armed (it may arm itself again). It must not block, and may
     * wake tasks, charge time and request ASTs.
     *
     * @param cpu the CPU that takes the interrupt; its clock is at or past the deadline
     */
    protected abstract void expire(Cpu cpu);

    /** Whether the timer waits for its deadline or for its CPU to take it. */
    public final boolean armed() {
        return position != IDLE;
    }

    /** The virtual time it is or was last armed for, in nanoseconds. */
    public final long deadlineNanos() {
        return deadlineNanos;
    }

    /**
     * Whether this is housekeeping that does not keep a kernel from being quiescent. Asked when the
     * timer is armed.
     */
    public boolean background() {
        return false;
    }

    /** Whether this timer goes before {@code other}. */
    final boolean before(Timer other) {
        if (deadlineNanos != other.deadlineNanos) {
            return deadlineNanos < other.deadlineNanos;
        }
        return tie != other.tie ? tie < other.tie : sequence < other.sequence;
    }
}
