// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.concurrent.CompletableFuture;

/** A run or go that is under way on an engine thread. */
final class ActiveRun {

    /** How long to wait at most before looking again how far the wall clock got. */
    private static final long MAX_WAIT_NANOS = 10_000_000;

    final CompletableFuture<RunOutcome> done = new CompletableFuture<>();
    private final Engine engine;
    private final RunLimit limit;
    /** Virtual nanoseconds per wall-clock nanosecond, or 0 for a run that only has limits. */
    private final double speed;
    private RunGoal goal;
    private long wallStart;
    private long virtualStart;

    private ActiveRun(Engine engine, RunLimit limit, double speed) {
        this.engine = engine;
        this.limit = limit;
        this.speed = speed;
    }

    static ActiveRun limited(Engine engine, RunLimit limit) {
        return new ActiveRun(engine, limit, 0);
    }

    static ActiveRun paced(Engine engine, double speed) {
        boolean flatOut = Double.isInfinite(speed);
        RunLimit limit = new RunLimit(Long.MAX_VALUE, Long.MAX_VALUE, null, flatOut);
        return new ActiveRun(engine, limit, speed);
    }

    /** Called on the engine thread when the run begins; returns what the input log has to keep. */
    String begin() {
        goal = RunGoal.of(limit, engine.events().count());
        wallStart = System.nanoTime();
        virtualStart = engine.nowNanos();
        return goal.text();
    }

    /** Runs a stretch, until mail comes or a limit is reached. */
    RunOutcome advance() {
        return engine.run(goal.withSoftNanos(paced() ? wallClockNanos() : Long.MAX_VALUE));
    }

    /** Whether the run is over, rather than waiting for mail or for the wall clock. */
    boolean isOver(RunOutcome.Reason reason) {
        return switch (reason) {
            case PANICKED -> true;
            case PAUSED -> false;
            default -> speed == 0;
        };
    }

    /** How long to wait before the next stretch, in host nanoseconds; mail ends the wait. */
    long waitNanos(RunOutcome.Reason reason) {
        if (reason == RunOutcome.Reason.PAUSED) {
            return 0;
        }
        if (!paced() || reason == RunOutcome.Reason.HALTED) {
            return Long.MAX_VALUE;
        }
        double ahead = (engine.nextNanos() - wallClockNanos()) / speed;
        return (long) Math.clamp(ahead, 0, MAX_WAIT_NANOS);
    }

    /** Lets virtual time catch up with the wall clock as far as nothing happens in between. */
    void catchUp() {
        if (paced() && engine.haltReason() == null && engine.panic() == null) {
            engine.jumpTo(Math.min(wallClockNanos(), engine.nextNanos() - 1));
        }
    }

    private boolean paced() {
        return speed != 0 && !Double.isInfinite(speed);
    }

    private long wallClockNanos() {
        return virtualStart + (long) ((System.nanoTime() - wallStart) * speed);
    }
}
