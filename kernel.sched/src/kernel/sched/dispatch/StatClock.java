// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.CpuMode;
import kernel.sched.task.CpuState;
import kernel.sched.task.Task;
import machine.core.engine.Cpu;

/**
 * Statistics clock of one CPU, after statclock of kern_clock.c 1.148: charges each tick to a mode of the CPU and to its task.
 *
 * <p>There is no clock of its own (stathz 0): the hardclock drives it. An idle CPU takes no ticks; those of its idle time are
 * counted when it is over, or when somebody asks. So the modes add up to all ticks that have passed.
 */
final class StatClock {
    private final KernelCpus kernel;
    private final long[] ticks = new long[CpuMode.values().length];
    private long idleSinceTick;

    StatClock(KernelCpus kernel) {
        this.kernel = kernel;
    }

    /** A tick that was due at {@code dueNanos} and interrupted the running task. */
    void tick(CpuState state, Task running, long dueNanos) {
        CpuMode mode = mode(state.cpu(), running, dueNanos);
        ticks[mode.ordinal()]++;
        running.setCpuTicks(running.cpuTicks() + 1);
        running.ticked(mode);
    }

    private static CpuMode mode(Cpu cpu, Task running, long dueNanos) {
        if (cpu.inInterrupt(dueNanos)) {
            return CpuMode.INTERRUPT;
        }
        if (!cpu.inUserMode()) {
            return CpuMode.SYSTEM;
        }
        return running.nice() > Task.NICE_NEUTRAL ? CpuMode.NICE : CpuMode.USER;
    }

    /** A tick that came when the CPU had turned idle since it was due. */
    void lateTick(long dueNanos) {
        if (kernel.tickAt(dueNanos) <= idleSinceTick) {
            ticks[CpuMode.SYSTEM.ordinal()]++;
        }
    }

    void enterIdle(long now) {
        idleSinceTick = kernel.tickAt(now);
    }

    void leaveIdle(long now) {
        ticks[CpuMode.IDLE.ordinal()] += idleTicks(now);
    }

    private long idleTicks(long now) {
        return Math.max(0, kernel.tickAt(now) - idleSinceTick);
    }

    /** Ticks in that mode so far; {@code idleNow} when the CPU is idle, at the time {@code now} of its clock. */
    long ticks(CpuMode mode, boolean idleNow, long now) {
        return ticks[mode.ordinal()] + (mode == CpuMode.IDLE && idleNow ? idleTicks(now) : 0);
    }
}
