// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.engine.Cpu;
import machine.core.engine.Timer;

/**
 * Clock interrupt of one CPU, 100 times a second while it is busy, after kern_clock.c 1.148.
 *
 * <p>An idle CPU takes no ticks. Those it missed need no catching up: time is counted in nanoseconds, the tick
 * number follows from the virtual time, and an idle CPU has no quantum.
 */
final class HardClock extends Timer {
    private static final int SCHEDCLOCK_DIVIDER = Dispatcher.HZ / 16;

    private final Dispatcher dispatcher;
    private final CpuUnit unit;
    private int untilSchedclock = SCHEDCLOCK_DIVIDER;

    HardClock(Dispatcher dispatcher, CpuUnit unit) {
        this.dispatcher = dispatcher;
        this.unit = unit;
    }

    /** Starts ticking, at the next tick of the common grid. */
    void start() {
        long tick = dispatcher.tickAt(unit.cpu.clockNanos()) + 1;
        if (!armed() || dispatcher.tickAt(deadlineNanos()) < tick) {
            dispatcher.engine().arm(this, unit.cpu, dispatcher.nanosOfTick(tick));
        }
    }

    @Override
    public boolean background() {
        return true;
    }

    @Override
    protected void expire(Cpu cpu) {
        CpuState state = unit.state;
        if (state.idle()) {
            unit.statclock.lateTick(deadlineNanos());
            return;
        }
        cpu.charge(dispatcher.costs().interruptNanos());
        Task running = state.current();
        unit.statclock.tick(state, running, deadlineNanos());
        if (--untilSchedclock <= 0) {
            untilSchedclock = SCHEDCLOCK_DIVIDER;
            dispatcher.port().notice(SchedulerPort.Notice.SCHEDCLOCK, running);
        }
        state.setTicks(state.ticks() - 1);
        if (state.ticks() <= 0) {
            dispatcher.port().tick(state, running);
        }
        if (state.reschedBits() != 0) {
            cpu.requestAst();
        }
        dispatcher.resched().offerWork(state);
        start();
    }
}
