// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The host thread one engine is confined to, and the mailbox through which everybody else reaches it.
 *
 * <p>All methods may be called from any thread, except from inside the kernel. Inputs are applied at
 * safe points, in the order of posting, whether the kernel runs or not. Nothing an input throws ends the
 * thread; only a {@link KernelPanic} ends the kernel.
 */
@ProviderType
public final class EngineThread implements AutoCloseable {

    private static final String CLOSED = "the kernel is closed";
    private static final String HANGS = "the kernel hangs in code that cannot be interrupted, the log says where;"
            + " boot another one";
    private static final long LOOK_MILLIS = 500;

    private final Engine engine;
    private final InputLog log;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Letter<?>> mailbox = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private volatile ActiveRun active;
    private volatile RunOutcome lastOutcome;
    /** Inside an input; what it posts itself is part of it, and not recorded again. */
    private boolean applying;

    /** Something to do on the engine thread, and who waits for it. */
    private record Letter<T>(Input<T> input, CompletableFuture<T> reply) {
    }

    /**
     * Starts the thread; the kernel is paused.
     *
     * @param name for thread dumps
     * @param engine owned by this thread from now on
     */
    public EngineThread(String name, Engine engine) {
        this(name, engine, List.of());
    }

    /** The same for an engine that has a history already, as {@link Replay#upTo} returns it. */
    public EngineThread(String name, Engine engine, List<InputRecord> history) {
        this.engine = engine;
        log = new InputLog(engine, history);
        engine.watch().whenOverdue(place -> log.add(InputRecord.Kind.OVERDUE, place));
        thread = engine.contexts().engineThread(name, this::loop);
        thread.start();
    }

    /**
     * Applies an input at the next safe point and waits for its result.
     *
     * @throws IllegalStateException if the kernel is closed, hangs in code that the watchdog could not interrupt, or has
     *     panicked and the input is recorded
     * @throws RuntimeException what the input threw; a checked exception comes wrapped in a
     *     {@link CompletionException}
     */
    public <T> T call(Input<T> input) {
        return await(post(input));
    }

    /** Like {@link #call}, without waiting. From inside another input it is applied at once. */
    public <T> CompletableFuture<T> post(Input<T> input) {
        Letter<T> letter = new Letter<>(input, new CompletableFuture<>());
        if (Thread.currentThread() == thread) {
            if (engine.current() != null) {
                throw new IllegalStateException("code inside the kernel cannot post to its own engine");
            }
            deliver(letter);
            return letter.reply();
        }
        mailbox.add(letter);
        if (closed && mailbox.remove(letter)) {
            letter.reply().completeExceptionally(new IllegalStateException(CLOSED));
        }
        engine.requestAttention(true);
        LockSupport.unpark(thread);
        return letter.reply();
    }

    /**
     * Runs as fast as the host can, and waits until it stopped.
     *
     * @throws IllegalStateException if it is running already
     * @throws RuntimeException what the limit's condition threw
     */
    public RunOutcome run(RunLimit limit) {
        return await(start(ActiveRun.limited(engine, limit)).done);
    }

    /**
     * Runs in the background, following the wall clock; returns at once. Goes on through moments in which
     * nothing can happen and through a halt, until {@link #pause()}.
     *
     * @param speed virtual seconds per wall-clock second, positive; infinity for as fast as possible
     * @throws IllegalStateException if it is running already
     */
    public void go(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be positive, not " + speed);
        }
        start(ActiveRun.paced(engine, speed));
    }

    private ActiveRun start(ActiveRun run) {
        return call(e -> {
            if (active != null) {
                throw new IllegalStateException("the kernel is running already; pause it first");
            }
            log.add(InputRecord.Kind.RUN, run.begin());
            active = run;
            return run;
        });
    }

    /** Stops whatever runs, at the next safe point, and waits for that. Does nothing if nothing runs. */
    public void pause() {
        call(e -> {
            finish(engine.outcome(RunOutcome.Reason.PAUSED));
            return null;
        });
    }

    /** Whether a run or go is under way. */
    public boolean running() {
        return active != null;
    }

    /** How the last run or go ended, or null if there was none yet. */
    public RunOutcome lastOutcome() {
        return lastOutcome;
    }

    /** Everything the outside world did so far, for {@link Replay}. */
    public List<InputRecord> recording() {
        return call(e -> log.closed());
    }

    /**
     * Stops the kernel for good, frees what it holds and ends the thread.
     *
     * <p>A kernel that hangs in code which cannot be interrupted is left behind; that happens when it comes back.
     */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        engine.requestAttention(true);
        boolean interrupted = false;
        while (Thread.currentThread() != thread && thread.isAlive() && !engine.watch().hopeless()) {
            try {
                thread.join(LOOK_MILLIS);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- on the engine thread

    private void loop() {
        while (!closed) {
            engine.requestAttention(false);
            deliverMail();
            ActiveRun run = active;
            if (run == null) {
                waitForMail(Long.MAX_VALUE);
            } else {
                advance(run);
            }
        }
        finish(engine.outcome(RunOutcome.Reason.PAUSED));
        engine.close();
        for (Letter<?> late = mailbox.poll(); late != null; late = mailbox.poll()) {
            late.reply().completeExceptionally(new IllegalStateException(CLOSED));
        }
    }

    private void advance(ActiveRun run) {
        RunOutcome outcome;
        try {
            outcome = run.advance();
        } catch (Throwable failure) {
            active = null;
            run.done.completeExceptionally(failure);
            return;
        }
        if (run.isOver(outcome.reason())) {
            finish(outcome);
        } else {
            waitForMail(run.waitNanos(outcome.reason()));
        }
    }

    /** Mail that came meanwhile has unparked the thread, so that no wait is too long. */
    private void waitForMail(long hostNanos) {
        if (hostNanos > 0 && mailbox.isEmpty() && !closed) {
            LockSupport.parkNanos(this, hostNanos);
        }
    }

    private void finish(RunOutcome outcome) {
        ActiveRun run = active;
        if (run != null) {
            active = null;
            lastOutcome = outcome;
            run.done.complete(outcome);
        }
    }

    private void deliverMail() {
        for (Letter<?> letter = mailbox.poll(); letter != null; letter = mailbox.poll()) {
            if (active != null) {
                active.catchUp();
            }
            deliver(letter);
        }
    }

    private <T> void deliver(Letter<T> letter) {
        if (letter.reply().isCancelled()) {
            return;
        }
        try {
            letter.reply().complete(apply(letter.input()));
        } catch (KernelPanic broken) {
            engine.panicked(broken);
            letter.reply().completeExceptionally(broken);
        } catch (Throwable failure) {
            letter.reply().completeExceptionally(failure);
        }
    }

    private <T> T apply(Input<T> input) throws Exception {
        String text = input.text();
        if (text != null) {
            if (engine.panic() != null) {
                throw new IllegalStateException("the kernel has panicked: " + engine.panic().getMessage(),
                        engine.panic());
            }
            if (!applying) {
                log.add(InputRecord.Kind.INPUT, text);
            }
        }
        boolean nested = applying;
        applying = true;
        try {
            return engine.apply(input);
        } finally {
            applying = nested;
        }
    }

    // ---- on the caller's thread

    /** Waits as long as there is hope; an interruption of the caller ends nothing. */
    private <T> T await(CompletableFuture<T> reply) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reply.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException again) {
                    interrupted = true;
                } catch (TimeoutException yet) {
                    if (engine.watch().hopeless()) {
                        reply.cancel(false);
                        throw new IllegalStateException(HANGS);
                    }
                }
            }
        } catch (ExecutionException wrapped) {
            if (wrapped.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (wrapped.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new CompletionException(wrapped.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
