// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import machine.core.engine.Cpu;
import machine.core.engine.Timer;

/** Reaps processes that have no parent, in an interrupt after their last switch. */
final class Reaper extends Timer {
    private final Processes processes;
    private Proc queue;

    Reaper(Processes processes) {
        this.processes = processes;
    }

    void add(Proc p) {
        p.nextSibling = queue;
        queue = p;
        if (!armed()) {
            processes.engine().arm(this, processes.engine().current(), processes.engine().nowNanos());
        }
    }

    @Override
    protected void expire(Cpu cpu) {
        Proc waiting = queue;
        queue = null;
        while (waiting != null) {
            Proc following = waiting.nextSibling;
            waiting.nextSibling = null;
            if (ProcLife.settled(waiting)) {
                processes.dispatcher().processExited(null, waiting.lwps.head());
                processes.processLife().reap(waiting);
            } else {
                waiting.nextSibling = queue;
                queue = waiting;
            }
            waiting = following;
        }
        if (queue != null) {
            processes.engine().arm(this, cpu, cpu.clockNanos() + processes.dispatcher().costs().lockNanos() + 1);
        }
    }
}
