// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.lock.SpinMutex;
import kernel.sched.task.CpuMode;
import kernel.sched.task.CpuState;
import kernel.sched.task.TaskState;
import machine.core.engine.Cpu;
import machine.core.engine.Timer;

/** What the dispatcher keeps for one CPU besides the state that schedulers see. */
final class CpuUnit {
    final CpuState state;
    final Cpu cpu;
    final IdleTask idleTask;
    /** Protects the run queue (spc_mutex). */
    final SpinMutex queueLock;
    /** Protects tasks that are on no queue (spc_lwplock). */
    final SpinMutex lwpLock;
    final HardClock hardclock;
    final StatClock statclock;
    final Ipi ipi = new Ipi();

    private final Dispatcher dispatcher;
    /** The address space loaded last; an idle CPU keeps it. */
    Object loadedSpace;
    /** The running task must pass the user boundary, without giving way. */
    boolean userretWanted;
    private long idleSinceNanos;
    private long idleNanos;
    long switches;

    CpuUnit(Dispatcher dispatcher, Cpu cpu) {
        this.dispatcher = dispatcher;
        this.cpu = cpu;
        state = new CpuState(cpu);
        idleTask = new IdleTask(cpu.id());
        idleTask.setCpu(state);
        idleTask.become(TaskState.LSONPROC);
        idleTask.setOnCpu(true);
        state.setIdleTask(idleTask);
        state.setCurrent(idleTask, 0);
        state.setFlag(CpuState.IDLE);
        queueLock = new SpinMutex(dispatcher, "runq" + cpu.id());
        lwpLock = new SpinMutex(dispatcher, "lwplock" + cpu.id());
        hardclock = new HardClock(dispatcher, this);
        statclock = new StatClock(dispatcher);
    }

    void leaveIdle(long now) {
        idleNanos += Math.max(0, now - idleSinceNanos);
        statclock.leaveIdle(now);
        idleTask.become(TaskState.LSIDL);
        idleTask.setOnCpu(false);
        state.clearFlag(CpuState.IDLE);
        hardclock.start();
    }

    void enterIdle(long now) {
        idleSinceNanos = now;
        statclock.enterIdle(now);
        idleTask.become(TaskState.LSONPROC);
        idleTask.setOnCpu(true);
        state.setFlag(CpuState.IDLE);
    }

    long ticks(CpuMode mode) {
        return statclock.ticks(mode, state.idle(), nowNanos());
    }

    long idleNanos() {
        return state.idle() ? idleNanos + Math.max(0, nowNanos() - idleSinceNanos) : idleNanos;
    }

    /** The clock of a CPU that is idle stands still until there is something to do. */
    private long nowNanos() {
        return Math.max(cpu.clockNanos(), dispatcher.engine().nowNanos());
    }

    /** Tells this CPU that it should reschedule. */
    final class Ipi extends Timer {
        @Override
        protected void expire(Cpu on) {
            on.charge(dispatcher.costs().interruptNanos());
            if (!state.idle() && (userretWanted || state.reschedBits() != 0)) {
                on.requestAst();
            }
            userretWanted = false;
        }
    }
}
