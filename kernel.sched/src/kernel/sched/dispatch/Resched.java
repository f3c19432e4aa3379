// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.CpuState;
import kernel.sched.task.Generation;
import machine.core.engine.Cpu;

/**
 * Requests to reschedule, after resched_cpu of kern_runq.c 1.44 and 1.69.
 *
 * <p>Without kernel preemption, which is how a kernel starts, a KPREEMPT request acts as UPREEMPT.
 */
final class Resched {
    private final Dispatcher dispatcher;

    Resched(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** A task of this effective priority was queued on {@code target}: interrupt it if that is better. */
    void priorityArrived(CpuState target, int priority) {
        if (target.idle()) {
            request(target, CpuState.RESCHED_IDLE | CpuState.RESCHED_UPREEMPT);
        } else if (priority > target.currentPriority()) {
            request(target, strength(priority));
        }
    }

    private int strength(int priority) {
        Tunables tunables = dispatcher.tunables();
        if (priority >= tunables.kernelPreemption()) {
            return CpuState.RESCHED_KPREEMPT;
        }
        boolean lazy = dispatcher.generation() == Generation.V2009 && priority < tunables.userPreemption();
        return lazy ? CpuState.RESCHED_LAZY : CpuState.RESCHED_UPREEMPT;
    }

    /** Merges a request; tells the CPU when the set became stronger. */
    void request(CpuState target, int bits) {
        if (!target.mergeResched(bits)) {
            return;
        }
        Cpu current = dispatcher.engine().current();
        if (current == target.cpu()) {
            if (!target.idle()) {
                current.requestAst();
            }
        } else if (bits > CpuState.RESCHED_LAZY) {
            interrupt(target);
        }
    }

    /** A busy CPU with waiting tasks lets an idle one look for work, as its own missed tick would have. */
    void offerWork(CpuState busy) {
        int cpus = dispatcher.cpuCount();
        if (cpus == 1 || dispatcher.port().runnable(busy) == 0) {
            return;
        }
        for (int i = 1; i < cpus; i++) {
            CpuState candidate = dispatcher.cpu((busy.id() + i) % cpus);
            if (candidate.idle() && !dispatcher.unit(candidate).ipi.armed()) {
                interrupt(candidate);
                return;
            }
        }
    }

    /** Has every idle CPU look for work. */
    void pokeAll() {
        for (int i = 0; i < dispatcher.cpuCount(); i++) {
            if (dispatcher.cpu(i).idle()) {
                interrupt(dispatcher.cpu(i));
            }
        }
    }

    /** Makes the task that runs on a CPU look up at the user boundary. */
    void astTo(CpuState target) {
        if (dispatcher.engine().current() == target.cpu()) {
            target.cpu().requestAst();
        } else {
            dispatcher.unit(target).userretWanted = true;
            interrupt(target);
        }
    }

    private void interrupt(CpuState target) {
        CpuUnit unit = dispatcher.unit(target);
        if (!unit.ipi.armed()) {
            long latency = dispatcher.engine().current() == null ? 0 : dispatcher.costs().ipiNanos();
            unit.cpu.raise(unit.ipi, latency);
        }
    }
}
