// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sim;

import java.io.PrintStream;
import java.util.concurrent.CancellationException;
import shell.command.format.Formatter;
import userland.sim.Simulator;

/** Says on standard error, about once a second, how far a run is. */
final class ProgressLine implements Simulator.Progress {
    private static final long EVERY_NANOS = 1_000_000_000L;

    private final PrintStream err;
    private volatile boolean cancelled;
    private long next = System.nanoTime() + EVERY_NANOS;

    ProgressLine(PrintStream err) {
        this.err = err;
    }

    /** Makes the run end at its next report. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public void at(String stage, long virtualNanos, long events) {
        if (cancelled) {
            throw new CancellationException("interrupted");
        }
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + EVERY_NANOS;
            err.println(stage + ": at " + Formatter.duration(virtualNanos) + ", " + events + " events");
        }
    }
}
