// SPDX-License-Identifier: BSD-2-Clause
package machine.core.context;

/** Contexts on virtual threads, with nothing but the public API. */
final class VirtualThreadHost implements ContextHost {

    /** Head of the ring of contexts that have a live thread; they must be unwound at the end. */
    private final VirtualThreadContext ring = new VirtualThreadContext(null, null);
    private boolean closed;

    @Override
    public String name() {
        return "virtual-thread";
    }

    @Override
    public ExecutionContext create(Runnable body) {
        if (closed) {
            throw new IllegalStateException("the context host is closed");
        }
        return new VirtualThreadContext(this, body);
    }

    /** A virtual thread too: handing over between two of them needs no system call. */
    @Override
    public Thread engineThread(String name, Runnable loop) {
        return Thread.ofVirtual().name(name).unstarted(loop);
    }

    @Override
    public void close() {
        closed = true;
        while (ring.next != ring) {
            ring.next.abandon();
        }
    }

    void started(VirtualThreadContext context) {
        context.next = ring.next;
        context.previous = ring;
        ring.next.previous = context;
        ring.next = context;
    }

    void ended(VirtualThreadContext context) {
        context.previous.next = context.next;
        context.next.previous = context.previous;
    }
}
