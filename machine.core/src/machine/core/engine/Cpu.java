// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import machine.core.context.ExecutionContext;
import machine.core.mmu.CycleSink;
import machine.core.mmu.Mmu;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One simulated CPU: a virtual clock, an MMU and the context it executes.
 *
 * <p>Confined to the engine thread. Code in a context asks {@link Engine#current()} for its CPU, and
 * asks again after everything that may block, because it may have moved.
 */
@ProviderType
public final class Cpu implements CycleSink {

    /** {@link #computeStartNanos} of a CPU that is not in {@link #computeUser}. */
    static final long NOT_COMPUTING = -1;

    private final int id;
    private final Interleaver interleaver;
    private final Mmu mmu;
    private final Topology topology;

    /** Virtual time; while computing, the time at which the computation will end. */
    long clockNanos;
    /** The running context goes on while the clock is not past this. */
    long horizonNanos;
    /** What the CPU executes, or null while idle. */
    ExecutionContext running;
    final PendingQueue pending = new PendingQueue();
    long computeStartNanos = NOT_COMPUTING;
    /** What an interrupt left of a computation. */
    long computeLeftNanos;
    /** When the last series of interrupt handlers that is over began and ended. */
    long interruptsFromNanos;
    long interruptsToNanos;

    private int spinDepth;
    private boolean inUserWork;
    private boolean astPending;

    Cpu(int id, Interleaver interleaver, Engine engine) {
        this.id = id;
        this.interleaver = interleaver;
        this.mmu = new Mmu(engine.memory(), this);
        this.topology = engine.topology();
    }

    /** Number of this CPU, from 0. */
    public int id() {
        return id;
    }

    /** What it shares with the other CPUs of its machine. */
    public Topology topology() {
        return topology;
    }

    /** Virtual time of this CPU in nanoseconds. */
    public long clockNanos() {
        return clockNanos;
    }

    /** Does {@code nanos} of work. Never gives the CPU away. */
    @Override
    public void charge(long nanos) {
        clockNanos += nanos;
    }

    /**
     * An interleave point: other CPUs and interrupts that are due earlier happen now.
     *
     * <p>Called by the current context, with no state half changed. Returns on the same CPU. Does
     * nothing while a spin mutex is held or in an interrupt handler.
     */
    public void interleave() {
        if (clockNanos > horizonNanos) {
            interleaver.interleave(this);
        }
    }

    /**
     * One small piece of user-mode work, then an interleave point.
     *
     * @param nanos virtual time; use {@link #computeUser} for more than a few microseconds, because an
     *     interrupt waits until it is over
     * @return whether an AST is pending
     */
    public boolean chargeUser(long nanos) {
        clockNanos += nanos;
        if (clockNanos > horizonNanos) {
            inUserWork = true;
            interleaver.interleave(this);
            inUserWork = false;
        }
        return astPending;
    }

    /**
     * User-mode work of any length, which interrupts can stop at any nanosecond.
     *
     * <p>Called by the current context with no spin mutex held. An interrupt that does not request an
     * AST merely makes it end later.
     *
     * @param nanos virtual time to compute
     * @return what is left to do when an AST became pending (maybe before the start), otherwise 0
     */
    public long computeUser(long nanos) {
        if (astPending) {
            return nanos;
        }
        long end = clockNanos + nanos;
        if (end <= horizonNanos) {
            clockNanos = end;
            return 0;
        }
        return interleaver.compute(this, end);
    }

    /** Whether the code that an interrupt found was in {@link #computeUser} or {@link #chargeUser}; for its handler. */
    public boolean inUserMode() {
        return inUserWork || computeStartNanos != NOT_COMPUTING || computeLeftNanos > 0;
    }

    /** Whether an interrupt that was due at that time found this CPU in the handler of another; for its handler. */
    public boolean inInterrupt(long nanos) {
        return nanos > interruptsFromNanos && nanos < interruptsToNanos;
    }

    /**
     * Makes this CPU execute {@code next}, or nothing.
     *
     * <p>From a context running on this CPU: that context is suspended, and the call returns when
     * somebody, on whatever CPU, switches to it again. From an interrupt handler, or for an idle CPU, it
     * takes effect when the engine goes on.
     *
     * @param next a suspended or new context that no CPU executes; null for idle
     * @throws KernelPanic if a spin mutex is held, or the CPU is busy with something that is not the
     *     caller
     */
    public void switchTo(ExecutionContext next) {
        interleaver.switchTo(this, next);
    }

    /**
     * Makes this CPU execute {@code next}, or nothing, and ends the calling context. Never returns: the
     * stack of the context is dropped, its {@code finally} blocks cannot touch the kernel any more.
     *
     * @param next as in {@link #switchTo}
     */
    public void exitTo(ExecutionContext next) {
        interleaver.exitTo(this, next);
    }

    /** What this CPU executes, or null if it is idle. */
    public ExecutionContext running() {
        return running;
    }

    /** Whether this CPU has nothing to execute. */
    public boolean idle() {
        return running == null;
    }

    /** Asks the running code to look up, at its next return to user mode. */
    public void requestAst() {
        astPending = true;
    }

    /** Whether somebody asked for an AST since the last {@link #clearAst}. */
    public boolean astPending() {
        return astPending;
    }

    /** Forgets the AST request; called by whoever acts on it. */
    public void clearAst() {
        astPending = false;
    }

    /** The MMU of this CPU. */
    public Mmu mmu() {
        return mmu;
    }

    /**
     * Sends this CPU an interrupt. An interrupt that is already on its way is not sent twice; the
     * earlier time counts.
     *
     * @param interrupt what to deliver
     * @param latencyNanos virtual time from now until it arrives
     */
    public void raise(Timer interrupt, long latencyNanos) {
        interleaver.raise(interrupt, this, latencyNanos);
    }

    /** Notes that a spin mutex was acquired on this CPU: until it is released nothing interleaves. */
    public void enterSpin() {
        spinDepth++;
    }

    /** Notes that a spin mutex was released on this CPU. */
    public void exitSpin() {
        if (--spinDepth < 0) {
            throw new KernelPanic("a spin mutex was released on CPU " + id + ", which holds none");
        }
    }

    /** Spin mutexes held on this CPU. */
    public int spinDepth() {
        return spinDepth;
    }

    /** Where this CPU stands in virtual time, or {@code Long.MAX_VALUE} if it has nothing to do. */
    long keyNanos() {
        return running != null || !pending.isEmpty() ? clockNanos : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "cpu" + id;
    }
}
