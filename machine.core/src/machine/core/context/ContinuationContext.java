// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import machine.core.engine.KernelPanic;

/** A context that is one raw continuation. */
final class ContinuationContext extends ExecutionContext implements Runnable {

    private static final ContinuationScope SCOPE = new ContinuationScope("kernel-workbench");

    /** Null when finished, so that the stack can be collected while somebody still holds the context. */
    private Continuation stack;
    private Runnable body;
    private Throwable thrown;

    ContinuationContext(Runnable body) {
        this.body = body;
        this.stack = new Stack(this);
    }

    @Override
    public boolean resume() {
        Continuation running = stack;
        if (running == null) {
            throw new IllegalStateException("the context has ended");
        }
        running.run();
        if (!running.isDone()) {
            return true;
        }
        stack = null;
        rethrow();
        return false;
    }

    @Override
    public void run() {
        Runnable work = body;
        body = null;
        try {
            work.run();
        } catch (Throwable failure) {
            thrown = failure;
        }
    }

    private void rethrow() {
        Throwable failure = thrown;
        thrown = null;
        if (failure != null) {
            Rethrow.unchecked(failure);
        }
    }

    @Override
    public void suspend() {
        Continuation.yield(SCOPE);
    }

    @Override
    public void abandon() {
        stack = null;
        body = null;
    }

    @Override
    public boolean finished() {
        return stack == null;
    }

    /** Turns a suspension that the JVM cannot do into the kernel's own complaint. */
    private static final class Stack extends Continuation {

        Stack(Runnable body) {
            super(SCOPE, body);
        }

        @Override
        protected void onPinned(Pinned reason) {
            throw new KernelPanic("a context suspended with a native frame on its stack (" + reason
                    + "): kernel and program code must not block inside a class initialiser, native code or"
                    + " a host lock");
        }
    }
}
