// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

/** Contexts on {@code jdk.internal.vm.Continuation}; loaded only if that is accessible. */
final class ContinuationHost implements ContextHost {

    private boolean closed;

    @Override
    public String name() {
        return "continuation";
    }

    @Override
    public ExecutionContext create(Runnable body) {
        if (closed) {
            throw new IllegalStateException("the context host is closed");
        }
        return new ContinuationContext(body);
    }

    @Override
    public Thread engineThread(String name, Runnable loop) {
        return Thread.ofPlatform().name(name).daemon().unstarted(loop);
    }

    /** Suspended continuations are plain objects: the collector takes them. */
    @Override
    public void close() {
        closed = true;
    }
}
