// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The host thread one engine is confined to, and the mailbox through which everybody else reaches it.
 *
 * <p>All methods may be called from any thread, except from inside the kernel. Inputs are applied at
 * safe points, in the order of posting, whether the kernel runs or not.
 */
public final class EngineThread implements AutoCloseable {

    /**
     * Starts the thread; the kernel is paused.
     *
     * @param name for thread dumps
     * @param engine owned by this thread from now on
     */
    public EngineThread(String name, Engine engine) {
        throw new UnsupportedOperationException();
    }

    /**
     * Applies an input at the next safe point and waits for its result.
     *
     * @throws IllegalStateException if the kernel is closed, or has panicked and the input is recorded
     * @throws RuntimeException what the input threw; a checked exception comes wrapped in a
     *     {@link java.util.concurrent.CompletionException}
     */
    public <T> T call(Input<T> input) {
        throw new UnsupportedOperationException();
    }

    /** Like {@link #call}, without waiting. */
    public <T> CompletableFuture<T> post(Input<T> input) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs as fast as the host can, and waits until it stopped.
     *
     * @throws IllegalStateException if it is running already
     */
    public RunOutcome run(RunLimit limit) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs in the background, following the wall clock; returns at once.
     *
     * @param speed virtual seconds per wall-clock second, positive; infinity for as fast as possible
     * @throws IllegalStateException if it is running already
     */
    public void go(double speed) {
        throw new UnsupportedOperationException();
    }

    /** Stops whatever runs, at the next safe point, and waits for that. Does nothing if nothing runs. */
    public void pause() {
        throw new UnsupportedOperationException();
    }

    /** Whether a run or go is under way. */
    public boolean running() {
        throw new UnsupportedOperationException();
    }

    /** How the last run or go ended, or null if there was none yet. */
    public RunOutcome lastOutcome() {
        throw new UnsupportedOperationException();
    }

    /** Everything the outside world did so far, for {@link Replay}. */
    public List<InputRecord> recording() {
        throw new UnsupportedOperationException();
    }

    /** Stops the kernel for good, frees what it holds and ends the thread. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
