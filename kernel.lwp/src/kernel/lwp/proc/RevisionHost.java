// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.lock.SpinMutex;
import kernel.sched.task.TaskState;

/** What the core does for the revision. */
final class RevisionHost implements LwpRevisionHost {
    private final Processes processes;

    RevisionHost(Processes processes) {
        this.processes = processes;
    }

    @Override
    public Dispatcher dispatcher() {
        return processes.dispatcher();
    }

    @Override
    public int claimId(Proc p) {
        IdTable ids = processes.ids();
        int tries = p.lwpCount() + 1;
        for (int i = 0; i < tries; i++) {
            int id = ids.allocate();
            if (id == 0 || p.anyLwp(id) == null) {
                processes.claim(id);
                return id;
            }
            ids.free(id);
        }
        return 0;
    }

    @Override
    public boolean quirk(LwpQuirk quirk) {
        return processes.quirk(quirk);
    }

    @Override
    public void startRunnable(Lwp child) {
        Proc p = child.proc();
        boolean counted = processes.revision().countsEmbryos();
        if (p.state == Proc.State.STOPPED || p.signals.stopping) {
            child.become(TaskState.LSSTOP);
            p.runnableCount -= counted ? 1 : 0;
            return;
        }
        p.runnableCount += counted ? 0 : 1;
        processes.dispatcher().setRunnable(child);
    }

    @Override
    public void startSuspended(Lwp child) {
        child.become(TaskState.LSSUSPENDED);
        if (processes.revision().countsEmbryos()) {
            child.proc().runnableCount--;
        }
    }

    @Override
    public void suspendAtBoundary(Lwp child) {
        child.flags |= LwpFlag.LW_WSUSPEND;
    }

    @Override
    public void wake(Lwp l) {
        SpinMutex lock = processes.sleep().lockOf(l);
        lock.enterNow();
        processes.sleep().wake(l);
        lock.exit();
        processes.engine().events().log(Events.UNPARK, l.pid(), l.lid(), 0);
    }

    @Override
    public void leaveUnparked(Lwp l) {
        l.flags |= LwpFlag.LW_UNPARKED;
        processes.engine().events().log(Events.UNPARK, l.pid(), l.lid(), 1);
    }

    @Override
    public long tickNanos() {
        return Dispatcher.TICK_NANOS;
    }

    @Override
    public long clockNanos(int clock) {
        return processes.clocks().nanos(clock);
    }

    @Override
    public long cachedRealtimeNanos() {
        return processes.clocks().cachedRealtimeNanos();
    }
}
