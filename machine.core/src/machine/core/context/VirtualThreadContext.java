// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

import java.util.concurrent.locks.LockSupport;
import machine.core.watchdog.Guard;

/**
 * A context that is one virtual thread.
 *
 * <p>The thread and whoever resumes it take turns: each hands the turn over with one volatile write and
 * an unpark, then parks until it has the turn back.
 */
@Guard
final class VirtualThreadContext extends ExecutionContext implements Runnable {

    private enum State { NEW, SUSPENDED, ABANDONED, FINISHED }

    VirtualThreadContext next = this;
    VirtualThreadContext previous = this;

    private final VirtualThreadHost host;
    private Runnable body;
    private State state = State.NEW;
    private Thread thread;
    private Thread resumer;
    private Throwable thrown;
    /** Whose turn it is; also publishes everything else. */
    private volatile boolean bodyHasTurn;

    VirtualThreadContext(VirtualThreadHost host, Runnable body) {
        this.host = host;
        this.body = body;
    }

    @Override
    public boolean resume() {
        switch (state) {
            case NEW -> {
                thread = Thread.ofVirtual().unstarted(this);
                host.started(this);
                state = State.SUSPENDED;
                resumer = Thread.currentThread();
                bodyHasTurn = true;
                thread.start();
                awaitReturn();
            }
            case SUSPENDED -> handOver();
            default -> throw new IllegalStateException("the context has ended");
        }
        if (state != State.FINISHED) {
            return true;
        }
        rethrow();
        return false;
    }

    private void handOver() {
        resumer = Thread.currentThread();
        bodyHasTurn = true;
        LockSupport.unpark(thread);
        awaitReturn();
    }

    private void awaitReturn() {
        while (bodyHasTurn) {
            LockSupport.park(this);
        }
    }

    @Override
    public void suspend() {
        if (state == State.ABANDONED) {
            throw Unwind.INSTANCE;
        }
        giveBack();
        while (!bodyHasTurn) {
            LockSupport.park(this);
            // The watchdog may have come too late; an interrupted thread would not park.
            Thread.interrupted();
        }
        if (state == State.ABANDONED) {
            throw Unwind.INSTANCE;
        }
    }

    private void giveBack() {
        Thread waiting = resumer;
        bodyHasTurn = false;
        LockSupport.unpark(waiting);
    }

    @Override
    public void run() {
        try {
            body.run();
        } catch (Throwable failure) {
            thrown = state == State.ABANDONED ? null : failure;
        }
        state = State.FINISHED;
        body = null;
        host.ended(this);
        giveBack();
    }

    @Override
    public void abandon() {
        switch (state) {
            case NEW -> {
                state = State.FINISHED;
                body = null;
            }
            case SUSPENDED -> {
                state = State.ABANDONED;
                handOver();
            }
            default -> {
                // Over already.
            }
        }
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public boolean finished() {
        return state == State.FINISHED;
    }

    private void rethrow() {
        Throwable failure = thrown;
        thrown = null;
        if (failure != null) {
            Rethrow.unchecked(failure);
        }
    }

    /** Unwinds the stack of an abandoned context; private, stackless, caught by nobody else. */
    private static final class Unwind extends Error {

        private static final long serialVersionUID = 1L;
        static final Unwind INSTANCE = new Unwind();

        private Unwind() {
            super("the context was abandoned", null, false, false);
        }
    }
}
