// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.lock;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.sleep.Sleep;
import kernel.sched.task.Task;
import kernel.sched.task.WaitObject;
import machine.core.engine.Cpu;
import machine.core.engine.KernelPanic;

/** What adaptive mutexes and reader-writer locks share: an owner, waiters, spinning while the owner runs. */
abstract class OwnedLock implements WaitObject {
    private static final long LONGEST_SPIN_NANOS = 1_000;

    final Sleep sleep;
    final Dispatcher dispatcher;
    final LockStatistics statistics = new LockStatistics();
    Task owner;
    private final String name;
    private Turnstile turnstile;

    OwnedLock(Sleep sleep, String name) {
        this.sleep = sleep;
        this.dispatcher = sleep.dispatcher();
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Task owner() {
        return owner;
    }

    @Override
    public final void waiterPriorityChanged(Task waiter) {
        turnstile.lendFrom(waiter, owner);
    }

    /** How the lock was used so far. */
    public final LockStatistics statistics() {
        return statistics;
    }

    /** The interleave point and the cost of touching the lock; returns the current task. */
    final Task touch() {
        Cpu cpu = dispatcher.engine().current();
        if (cpu != null) {
            cpu.charge(dispatcher.costs().lockNanos());
            cpu.interleave();
        }
        return dispatcher.currentTask();
    }

    /** The same where the caller may have to wait anyway: it may also lose its CPU here. */
    final Task approach() {
        touch();
        if (dispatcher.engine().current() != null) {
            dispatcher.kernelPreemptionPoint();
        }
        Task self = dispatcher.currentTask();
        LockOrder order = sleep.lockOrder();
        if (order != null) {
            order.wanted(self, this);
        }
        return self;
    }

    /** The task has it now. */
    final void acquired(Task self) {
        statistics.acquired();
        LockOrder order = sleep.lockOrder();
        if (order != null) {
            order.acquired(self, this);
        }
    }

    /** The task has it no more. */
    final void released(Task self) {
        LockOrder order = sleep.lockOrder();
        if (order != null) {
            order.released(self, this);
        }
    }

    /** Lets others go on after a release, unless a spin mutex is held. */
    final void untouch() {
        Cpu cpu = dispatcher.engine().current();
        if (cpu != null) {
            cpu.interleave();
        }
    }

    /** Spins while the owner executes on another CPU. */
    final void spinWhileOwnerRuns() {
        Cpu cpu = dispatcher.engine().current();
        if (cpu == null || owner == null || !owner.onCpu()) {
            return;
        }
        long start = cpu.clockNanos();
        long step = Math.max(1, dispatcher.costs().lockNanos());
        while (owner != null && owner.onCpu()) {
            cpu.charge(step);
            cpu.interleave();
            step = Math.min(2 * step, LONGEST_SPIN_NANOS);
        }
        statistics.spun(cpu.clockNanos() - start);
    }

    /** The turnstile; made at the first use. */
    final Turnstile turnstile() {
        if (turnstile == null) {
            turnstile = new Turnstile(sleep, name);
        }
        return turnstile;
    }

    final boolean hasWaiters() {
        return turnstile != null && !turnstile.isEmpty();
    }

    final void mustBeAbleToWait(Task self) {
        Cpu cpu = dispatcher.engine().current();
        if (cpu == null || self.context() == null) {
            throw new KernelPanic("lock rule: " + name + " is held and cannot be waited for outside a task");
        }
        if (cpu.spinDepth() > 0) {
            throw new KernelPanic("lock rule: task " + self + " waits for " + name + " while holding a spin mutex");
        }
        if (owner == self) {
            throw new KernelPanic("lock rule: task " + self + " locks " + name + " against itself");
        }
    }
}
