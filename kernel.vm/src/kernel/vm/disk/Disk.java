// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.disk;

import java.util.function.ToLongFunction;
import machine.core.cost.Cost;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.engine.Timer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The simulated disk that files and swap are on: takes time, one request after another, and interrupts when one is done.
 *
 * <p>It moves no bytes itself; the pagers do. A request takes {@link Cost#IO_REQUEST} and {@link Cost#IO_PAGE} for each
 * of its pages. Engine thread only.
 */
@ProviderType
public final class Disk {
    private final Engine engine;
    private final ToLongFunction<Cost> costs;
    private final Interrupt interrupt = new Interrupt();
    private DiskRequest first;
    private DiskRequest last;
    private int waiting;
    private long requests;
    private long busyNanos;

    /** An idle disk; {@code costs} gives the nanoseconds of the machine that is plugged in at the time. */
    public Disk(Engine engine, ToLongFunction<Cost> costs) {
        this.engine = engine;
        this.costs = costs;
    }

    /** Queues a request; {@link DiskRequest#done} says when it is over. */
    public void submit(DiskRequest request) {
        request.next = null;
        if (last == null) {
            first = request;
        } else {
            last.next = request;
        }
        last = request;
        waiting++;
        if (first == request) {
            start(engine.nowNanos());
        }
    }

    private void start(long now) {
        long nanos = costs.applyAsLong(Cost.IO_REQUEST) + first.pages() * costs.applyAsLong(Cost.IO_PAGE);
        requests++;
        busyNanos += nanos;
        Cpu cpu = engine.current() == null ? engine.cpu(0) : engine.current();
        engine.arm(interrupt, cpu, now + nanos);
    }

    /** Ends all requests at once, in order: for who cannot sleep, as in a kernel that polls its devices. */
    public void finishNow() {
        while (first != null) {
            engine.disarm(interrupt);
            finishFirst();
        }
    }

    private void finishFirst() {
        DiskRequest done = first;
        first = done.next;
        if (first == null) {
            last = null;
        }
        waiting--;
        if (first != null) {
            start(engine.nowNanos());
        }
        done.done();
    }

    /** How many requests are not done. */
    public int waiting() {
        return waiting;
    }

    /** How many requests were started. */
    public long requests() {
        return requests;
    }

    /** Virtual nanoseconds that the disk has worked or will have worked for them. */
    public long busyNanos() {
        return busyNanos;
    }

    private final class Interrupt extends Timer {
        @Override
        protected void expire(Cpu cpu) {
            cpu.charge(costs.applyAsLong(Cost.INTERRUPT));
            finishFirst();
        }
    }
}
