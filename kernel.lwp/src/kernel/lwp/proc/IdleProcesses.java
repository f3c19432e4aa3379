// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.sched.task.TaskState;
import kernel.vm.map.VmSpace;
import kernel.vm.pageout.Idleness;

/** How long processes have been asleep: the condition of {@code swapout_procs}, FreeBSD {@code sys/vm/vm_glue.c}, early 2006. */
final class IdleProcesses implements Idleness {
    private final Processes processes;

    IdleProcesses(Processes processes) {
        this.processes = processes;
    }

    @Override
    public long idleNanos(VmSpace space) {
        long idle = Long.MAX_VALUE;
        boolean found = false;
        for (Proc p : processes.table().all()) {
            if (p.vmspace() == space) {
                found = true;
                idle = Math.min(idle, p.state() == Proc.State.ACTIVE ? idleNanos(p) : 0);
            }
        }
        return found ? idle : 0;
    }

    /** The LWP that fell asleep last decides; one in a sleep that nothing can interrupt will be back soon. */
    private long idleNanos(Proc p) {
        long now = processes.engine().nowNanos();
        long idle = Long.MAX_VALUE;
        for (Lwp l = p.newestLwp(); l != null; l = l.nextInProcess()) {
            boolean asleep = l.state() == TaskState.LSSLEEP && l.interruptible();
            idle = Math.min(idle, asleep ? now - l.sleepingSinceNanos() : 0);
        }
        return idle == Long.MAX_VALUE ? 0 : idle;
    }
}
