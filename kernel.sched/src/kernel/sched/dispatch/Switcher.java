// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.lock.SpinMutex;
import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import machine.core.context.ExecutionContext;
import machine.core.engine.Cpu;
import machine.core.engine.KernelPanic;

/**
 * Gives CPUs from task to task, after mi_switch of kern_synch.c 1.308.
 *
 * <p>Everything about the incoming task happens before the switch, on the side of the outgoing one, so that a
 * switch is one atomic step for the other CPUs.
 */
final class Switcher {
    private final Dispatcher dispatcher;

    Switcher(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Switches away from the running task, releasing {@code held}; true when it really switched. */
    boolean leave(Task self, SpinMutex held, boolean voluntary) {
        CpuUnit unit = dispatcher.unit(self.cpu());
        boolean goesOn = self.state() == TaskState.LSONPROC;
        if (!voluntary) {
            self.accounting().preempted();
        }
        if (goesOn && !voluntary && self.targetCpu() == null) {
            self.setTargetCpu(dispatcher.port().preempted(self));
        }
        CpuState target = takeTarget(self, unit);
        if (goesOn && target == null) {
            requeue(self, voluntary);
        }
        Task next = pick(unit);
        if (target != null) {
            sendTo(self, target, goesOn, voluntary);
        }
        if (next == self) {
            resume(self, unit);
            release(held);
            return false;
        }
        depart(self, unit, voluntary);
        ExecutionContext context = arrive(unit, next);
        if (target != null) {
            dispatcher.waker().logMigration(self);
        }
        release(held);
        unit.cpu.switchTo(context);
        return true;
    }

    /** Last switch of a task; does not return. */
    void exit(Task self) {
        CpuUnit unit = dispatcher.unit(self.cpu());
        dispatcher.engine().events().log(Events.EXIT, self.pid(), self.lid(), 0);
        Task next = pick(unit);
        depart(self, unit, true);
        unit.cpu.exitTo(arrive(unit, next));
    }

    /** Finds work for an idle CPU. */
    void idleInterrupted(Cpu cpu) {
        CpuUnit unit = dispatcher.unit(cpu.id());
        if (!unit.state.idle()) {
            throw new KernelPanic("switch rule: the code of task " + unit.state.current() + " ended without exit");
        }
        Task next = pick(unit);
        if (next == null) {
            unit.state.clearResched();
            unit.state.setFlag(CpuState.IDLE);
            return;
        }
        cpu.switchTo(arrive(unit, next));
    }

    /** Where a migrating task must go now, or null. */
    private static CpuState takeTarget(Task self, CpuUnit unit) {
        CpuState target = self.targetCpu();
        self.setTargetCpu(null);
        return target == unit.state ? null : target;
    }

    private void requeue(Task self, boolean voluntary) {
        stopRunning(self);
        self.setPreempting(!voluntary);
        dispatcher.port().enqueue(self, !voluntary);
        self.setPreempting(false);
    }

    /** After this CPU has picked something else, so that it cannot steal the task back at once. */
    private void sendTo(Task self, CpuState target, boolean goesOn, boolean voluntary) {
        dispatcher.waker().setCpu(self, target);
        if (goesOn) {
            requeue(self, voluntary);
            dispatcher.resched().priorityArrived(target, self.effectivePriority());
        }
    }

    private void stopRunning(Task self) {
        self.become(TaskState.LSRUN);
        self.setRunTickSum(self.runTickSum() + (int) (dispatcher.tick() - self.lastRunTick()));
    }

    private Task pick(CpuUnit unit) {
        return dispatcher.port().pickNext(unit.state);
    }

    private void resume(Task self, CpuUnit unit) {
        self.setCpu(unit.state);
        self.become(TaskState.LSONPROC);
        self.setLastRunTick(dispatcher.tick());
        unit.state.clearResched();
        unit.state.clearFlag(CpuState.SWITCH_CLEAR);
        unit.state.setCurrent(self, self.effectivePriority());
        unit.cpu.clearAst();
        dispatcher.port().notice(SchedulerPort.Notice.SWITCHED_IN, self);
    }

    private void depart(Task self, CpuUnit unit, boolean voluntary) {
        if (self.state() != TaskState.LSRUN) {
            self.setRunTickSum(self.runTickSum() + (int) (dispatcher.tick() - self.lastRunTick()));
        }
        self.accounting().out(unit.cpu.clockNanos(), voluntary);
        self.switchedOut(unit.cpu);
        self.setOnCpu(false);
    }

    /** Makes {@code next}, or the idle task when it is null, the current task. */
    private ExecutionContext arrive(CpuUnit unit, Task next) {
        CpuState state = unit.state;
        Cpu cpu = unit.cpu;
        Task previous = state.current();
        unit.userretWanted = false;
        state.clearResched();
        state.clearFlag(CpuState.SWITCH_CLEAR);
        cpu.clearAst();
        if (next == null) {
            previous.spaceRests(cpu);
            unit.enterIdle(cpu.clockNanos());
            state.setCurrent(unit.idleTask, 0);
            dispatcher.engine().events().log(Events.SWITCH, 0, 0, previous.serial());
            return null;
        }
        if (previous == unit.idleTask) {
            unit.leaveIdle(cpu.clockNanos());
        }
        boolean moved = next.cpu() != state;
        if (moved) {
            dispatcher.waker().setCpu(next, state);
        }
        chargeSwitch(unit, previous, next);
        next.become(TaskState.LSONPROC);
        next.setOnCpu(true);
        next.setLastRunTick(dispatcher.tick());
        state.setCurrent(next, next.effectivePriority());
        unit.switches++;
        next.accounting().in(cpu.clockNanos());
        dispatcher.port().notice(SchedulerPort.Notice.SWITCHED_IN, next);
        dispatcher.engine().events().log(Events.SWITCH, next.pid(), next.lid(), previous.serial());
        if (moved) {
            dispatcher.waker().logMigration(next);
        }
        next.switchedIn(cpu);
        return next.context();
    }

    private void chargeSwitch(CpuUnit unit, Task previous, Task next) {
        Object space = next.addressSpace();
        if (space == null) {
            previous.spaceRests(unit.cpu);
        }
        if (space == null || space == unit.loadedSpace) {
            unit.cpu.charge(dispatcher.costs().sameSpaceNanos());
        } else {
            unit.loadedSpace = space;
            unit.cpu.charge(dispatcher.costs().otherSpaceNanos());
        }
    }

    private static void release(SpinMutex held) {
        if (held != null) {
            held.exit();
        }
    }
}
