// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

/** How long the CPU whose turn it is may go on. */
final class Slice {

    /** Virtual time after which even an undisturbed slice looks whether somebody outside waits. */
    private static final long LOOK_UP_NANOS = 100_000;

    private final long quantumNanos;
    private Cpu cpu;
    private long endNanos;
    /** Where the run that is under way cuts slices; a cut slice goes on in the next run. */
    private long cutNanos = Long.MAX_VALUE;

    Slice(long quantumNanos) {
        this.quantumNanos = quantumNanos;
    }

    /** Whose slice it is, or null. */
    Cpu cpu() {
        return cpu;
    }

    /** Begins a slice for a CPU that goes before all others up to {@code leadNanos}. */
    void begin(Cpu newCpu, long leadNanos) {
        cpu = newCpu;
        endNanos = plusQuantum(leadNanos);
    }

    /** Ends it for good. */
    void end() {
        cpu = null;
    }

    void cutAt(long nanos) {
        cutNanos = nanos;
    }

    /** The CPU of a slice that was cut and is not over, or null. */
    Cpu unfinished() {
        if (cpu != null && cpu.running != null && cpu.pending.isEmpty() && cpu.clockNanos <= endNanos) {
            return cpu;
        }
        cpu = null;
        return null;
    }

    /** Whether the clock is neither past the end nor past the cut. */
    boolean lasts() {
        return cpu.clockNanos <= Math.min(endNanos, cutNanos);
    }

    /** Lets the context run up to the end, the cut, or the time to look up. */
    void setHorizon() {
        cpu.horizonNanos = Math.min(Math.min(endNanos, cutNanos), cpu.clockNanos + LOOK_UP_NANOS);
    }

    /** The CPU goes before all others only up to {@code leadNanos} now. */
    void shorten(long leadNanos, boolean running) {
        if (cpu != null) {
            endNanos = Math.min(endNanos, plusQuantum(leadNanos));
            if (running) {
                cpu.horizonNanos = Math.min(cpu.horizonNanos, endNanos);
            }
        }
    }

    private long plusQuantum(long nanos) {
        return nanos > Long.MAX_VALUE - quantumNanos ? Long.MAX_VALUE : nanos + quantumNanos;
    }
}
