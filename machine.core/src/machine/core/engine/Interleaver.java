// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import machine.core.context.ExecutionContext;
import machine.core.event.EventLog;

/**
 * Decides whose turn it is and lets it run.
 *
 * <p>The unit is the step: one slice of a context, or the interrupts of one CPU. A slice lasts until the
 * clock of its CPU is past the horizon: the latest time at which it is still first, plus the quantum.
 * Where a run is cut (by a limit, a pause, a condition) has no influence on the order of what follows,
 * and steps are counted alike whether it is cut or not; so a step number names a safe point.
 */
final class Interleaver {

    final Timers timers;
    final CpuTree tree;
    final Cpu[] cpus;

    private final Engine engine;
    private final EventLog events;
    private final Slice slice;

    Cpu current;
    long timeNanos;
    long steps;
    volatile boolean attention;

    private RunLimit limit = RunLimit.none();
    private long limitNanos = Long.MAX_VALUE;
    /** No step begins after this, but slices are not cut. */
    private long softNanos = Long.MAX_VALUE;
    private long stopStep = Long.MAX_VALUE;
    private boolean inContext;
    /** Set when a slice was left at a look-up point, which has been counted already. */
    private boolean stepCounted;
    private boolean cut;
    private ExecutionContext exiting;

    Interleaver(Engine engine, EngineConfig config) {
        this.engine = engine;
        this.events = engine.events();
        slice = new Slice(config.quantumNanos());
        timers = new Timers(config.seed());
        tree = new CpuTree(config.cpus(), config.seed());
        cpus = new Cpu[config.cpus()];
        for (int i = 0; i < cpus.length; i++) {
            cpus[i] = new Cpu(i, this, engine);
        }
    }

    // ---- the run loop, at safe points

    /** Runs up to the goal. */
    RunOutcome.Reason run(RunGoal goal) {
        limit = goal.limit();
        limitNanos = limit.untilNanos();
        slice.cutAt(limitNanos);
        softNanos = goal.softNanos();
        stopStep = goal.lastStep();
        cut = false;
        RunOutcome.Reason reason = null;
        while (reason == null) {
            if (engine.halted()) {
                reason = RunOutcome.Reason.HALTED;
            } else if (attention) {
                reason = RunOutcome.Reason.PAUSED;
            } else if (limit.condition() != null && limit.condition().getAsBoolean()) {
                reason = RunOutcome.Reason.CONDITION;
            } else if (events.count() >= goal.lastEvent() || steps >= stopStep) {
                reason = RunOutcome.Reason.LIMIT;
            } else {
                reason = step();
            }
        }
        return reason;
    }

    /** Makes one step; returns why there is none to make, or null. */
    private RunOutcome.Reason step() {
        Cpu next = slice.unfinished();
        while (next == null) {
            long first = tree.firstKey();
            long deadline = timers.firstDeadlineNanos();
            if (limit.stopWhenQuiescent() && quiescent()) {
                return RunOutcome.Reason.QUIESCENT;
            }
            long earliest = Math.min(first, deadline);
            if (earliest > limitNanos || earliest > softNanos || earliest == Long.MAX_VALUE) {
                return atLimit(earliest);
            }
            if (deadline <= first) {
                becomesPending(timers.makeFirstPending());
            } else {
                next = cpus[tree.first()];
            }
        }
        if (next.clockNanos > limitNanos || next.clockNanos > softNanos) {
            return atLimit(next.clockNanos);
        }
        turn(next);
        return null;
    }

    private RunOutcome.Reason atLimit(long earliestNanos) {
        if (earliestNanos > limitNanos) {
            timeNanos = Math.max(timeNanos, limitNanos);
        }
        return RunOutcome.Reason.LIMIT;
    }

    /** When the next thing happens, or {@code Long.MAX_VALUE}. */
    long nextNanos() {
        Cpu cpu = slice.unfinished();
        return cpu != null ? cpu.clockNanos : Math.min(tree.firstKey(), timers.firstDeadlineNanos());
    }

    private void turn(Cpu cpu) {
        current = cpu;
        timeNanos = Math.max(timeNanos, cpu.clockNanos);
        if (!cpu.pending.isEmpty()) {
            takeInterrupts(cpu);
            steps++;
        } else {
            runSlice(cpu);
        }
        current = null;
        tree.update(cpu.id(), cpu.keyNanos());
    }

    // ---- interrupts

    /** A timer is due: its CPU takes it when all that is earlier has happened. */
    private void becomesPending(Timer timer) {
        Cpu cpu = timer.cpu;
        if (cpu.running == null) {
            cpu.clockNanos = Math.max(cpu.clockNanos, timer.deadlineNanos);
        } else if (cpu.computeStartNanos != Cpu.NOT_COMPUTING) {
            interruptComputation(cpu, timer.deadlineNanos);
        }
        tree.update(cpu.id(), cpu.keyNanos());
    }

    private void interruptComputation(Cpu cpu, long deadlineNanos) {
        long at = Math.max(cpu.computeStartNanos, deadlineNanos);
        if (at < cpu.clockNanos) {
            cpu.computeLeftNanos = cpu.clockNanos - at;
            cpu.clockNanos = at;
            cpu.computeStartNanos = Cpu.NOT_COMPUTING;
        }
    }

    private void takeInterrupts(Cpu cpu) {
        slice.end();
        cpu.horizonNanos = Long.MAX_VALUE;
        long from = cpu.clockNanos;
        while (!cpu.pending.isEmpty()) {
            cpu.pending.removeFirst().expire(cpu);
        }
        cpu.interruptsFromNanos = from;
        cpu.interruptsToNanos = cpu.clockNanos;
        if (cpu.running == null) {
            engine.driver().idleInterrupted(cpu);
        } else if (cpu.computeLeftNanos > 0 && !cpu.astPending()) {
            cpu.computeStartNanos = cpu.clockNanos;
            cpu.clockNanos += cpu.computeLeftNanos;
            cpu.computeLeftNanos = 0;
        }
    }

    // ---- slices

    private void runSlice(Cpu cpu) {
        if (slice.cpu() != cpu) {
            slice.begin(cpu, Math.min(tree.lead(cpu.id()), timers.firstDeadlineNanos() - 1));
        }
        do {
            cpu.computeStartNanos = Cpu.NOT_COMPUTING;
            slice.setHorizon();
            ExecutionContext context = cpu.running;
            inContext = true;
            boolean suspended = context.resume();
            inContext = false;
            engine.watch().recoverFromStall();
            if (!stepCounted) {
                steps++;
            }
            stepCounted = false;
            cpu.horizonNanos = Long.MAX_VALUE;
            if (exiting != null) {
                dropExited();
            }
            if (!suspended && cpu.running == context) {
                cpu.running = null;
                engine.driver().idleInterrupted(cpu);
            }
        } while (cpu.running != null && slice.lasts() && !leaving(cpu));
    }

    private void dropExited() {
        ExecutionContext gone = exiting;
        exiting = null;
        engine.abandon(gone);
    }

    private boolean leaving(Cpu cpu) {
        return cut || attention || limit.condition() != null || steps >= stopStep || cpu.clockNanos > softNanos;
    }

    // ---- called by the running context

    /** The clock of the running context is past the horizon. */
    void interleave(Cpu cpu) {
        if (cpu != current) {
            throw new KernelPanic("interleave on " + cpu + ", but the code runs on " + current
                    + ": ask for the current CPU again after everything that may block");
        }
        if (cpu.spinDepth() > 0) {
            return;
        }
        engine.watch().recoverFromStall();
        if (slice.lasts() && !cut) {
            steps++;
            if (!leaving(cpu)) {
                slice.setHorizon();
                return;
            }
            stepCounted = true;
        }
        cpu.running.suspend();
    }

    /** The running context computes past the horizon; returns what interrupts left of it. */
    long compute(Cpu cpu, long endNanos) {
        mayBlock(cpu);
        cpu.computeStartNanos = cpu.clockNanos;
        cpu.clockNanos = endNanos;
        cpu.running.suspend();
        long left = cpu.computeLeftNanos;
        cpu.computeLeftNanos = 0;
        return left;
    }

    void switchTo(Cpu cpu, ExecutionContext next) {
        if (cpu == current && inContext) {
            mayBlock(cpu);
            ExecutionContext previous = cpu.running;
            if (next != previous) {
                cpu.running = next;
                previous.suspend();
            }
            return;
        }
        if (cpu.running != null) {
            throw new KernelPanic("a switch of " + cpu + " from outside while it is busy: request an AST there");
        }
        cpu.running = next;
        if (cpu != current && next != null) {
            cpu.clockNanos = Math.max(cpu.clockNanos, nowNanos());
            tree.update(cpu.id(), cpu.keyNanos());
            if (slice.cpu() != null) {
                slice.shorten(tree.leadOver(slice.cpu().id(), cpu.id()), inContext);
            }
        }
    }

    void exitTo(Cpu cpu, ExecutionContext next) {
        if (cpu != current || !inContext) {
            throw new KernelPanic("exit of " + cpu + " by code that does not run on it");
        }
        mayBlock(cpu);
        exiting = cpu.running;
        cpu.running = next;
        exiting.suspend();
        throw new KernelPanic("a context that had exited was switched to");
    }

    private void mayBlock(Cpu cpu) {
        if (cpu != current || !inContext) {
            throw new KernelPanic("code that does not run in a context on " + cpu + " tried to block");
        }
        if (cpu.spinDepth() > 0) {
            throw new KernelPanic("a context tried to block on " + cpu + " while holding a spin mutex");
        }
    }

    // ---- called by anybody in the kernel

    long nowNanos() {
        return current != null ? current.clockNanos : timeNanos;
    }

    boolean quiescent() {
        return tree.firstKey() == Long.MAX_VALUE && !timers.anyForeground();
    }

    void arm(Timer timer, Cpu cpu, long atNanos) {
        disarm(timer);
        timers.arm(timer, cpu, atNanos);
        slice.shorten(timer.deadlineNanos - 1, inContext);
    }

    boolean disarm(Timer timer) {
        boolean pending = timer.position == Timer.PENDING;
        boolean armed = timers.disarm(timer);
        if (pending && timer.cpu != current) {
            tree.update(timer.cpu.id(), timer.cpu.keyNanos());
        }
        return armed;
    }

    void raise(Timer interrupt, Cpu cpu, long latencyNanos) {
        long at = nowNanos() + latencyNanos;
        if (interrupt.armed()) {
            if (interrupt.cpu != cpu) {
                throw new KernelPanic("one interrupt was raised on " + interrupt.cpu + " and " + cpu
                        + " at the same time: each CPU needs its own");
            }
            if (interrupt.deadlineNanos <= at) {
                return;
            }
        }
        arm(interrupt, cpu, at);
    }

    /** The thread of its own on which the running context is, or null; the watchdog asks. */
    Thread contextThread() {
        Cpu cpu = current;
        ExecutionContext context = inContext && cpu != null ? cpu.running : null;
        return context == null ? null : context.thread();
    }

    /** A panic ended the step that was under way: nobody runs any more. */
    void abort() {
        inContext = false;
        current = null;
    }

    /** Ends the slice at its next interleave point, and the run with it. */
    void cutSlice() {
        cut = true;
        if (inContext) {
            current.horizonNanos = Long.MIN_VALUE;
        }
    }

    /** Lets the whole machine stand still for a while. Called at a safe point. */
    void stall(long nanos) {
        for (Cpu cpu : cpus) {
            cpu.clockNanos = cpu.running == null
                    ? Math.max(cpu.clockNanos, timeNanos + nanos)
                    : cpu.clockNanos + nanos;
            if (cpu.computeStartNanos != Cpu.NOT_COMPUTING) {
                cpu.computeStartNanos += nanos;
            }
            tree.update(cpu.id(), cpu.keyNanos());
        }
        timeNanos += nanos;
        slice.end();
    }
}
