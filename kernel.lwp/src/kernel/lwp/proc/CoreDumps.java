// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import kernel.lwp.signal.Signal;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import kernel.vm.syscall.Resource;

/**
 * Ending a process with a signal, after a core dump if that is what the signal does: sigexit of kern_sig.c 1.320 and
 * coredump of kern_core.c.
 *
 * <p>The other LWPs are suspended first, so that their registers stay as they are until the dump is made (PS_WCORE,
 * LW_WCORE).
 */
public final class CoreDumps {
    /** How many dumps a kernel keeps. */
    private static final int KEPT = 16;

    private final Processes processes;
    private final ArrayDeque<CoreDump> kept = new ArrayDeque<>();

    CoreDumps(Processes processes) {
        this.processes = processes;
    }

    /** The last dumps, the newest first; at a safe point. */
    public List<CoreDump> list() {
        return List.copyOf(kept);
    }

    /** sigexit: ends the process of the running LWP, with nothing locked; does not return. */
    void exit(Lwp l, int signo) {
        Proc p = l.proc();
        p.lock.enter();
        if (p.dumping) {
            beHeld(l);
        }
        if (Signal.dumping(signo) && !p.exiting) {
            p.dumping = true;
            hold(l);
            p.coreDumped = dump(l, signo);
            p.dumping = false;
        }
        p.lock.exit();
        processes.processLife().exit(l, 0, signo);
    }

    /** Suspends the running LWP, whose process dumps core; it only wakes to exit. Process locked; does not return. */
    void beHeld(Lwp l) {
        l.flags |= LwpFlag.LW_WCORE | LwpFlag.LW_WEXIT | LwpFlag.LW_WSUSPEND;
        l.proc().lock.exit();
        processes.userReturn().pass(l);
    }

    /** Waits until every other LWP is suspended; process locked. */
    private void hold(Lwp l) {
        Proc p = l.proc();
        while (true) {
            for (Lwp other = p.lwps.head(); other != null; other = other.next) {
                if (other == l) {
                    l.flags &= ~LwpFlag.LW_WSUSPEND;
                } else {
                    other.flags |= LwpFlag.LW_WCORE | LwpFlag.LW_WEXIT;
                    processes.suspension().request(other);
                }
            }
            if (p.runnableCount == 1) {
                return;
            }
            p.lwpChanged.broadcast();
            p.lwpChanged.await(p.lock);
        }
    }

    /** Whether a dump was made: not without a limit for it, and not of a process that has changed users. */
    private boolean dump(Lwp l, int signo) {
        Proc p = l.proc();
        VmMap map = p.vmspace.map();
        if (p.changedIds() || map.sizeBytes() >= p.limit(Resource.CORE)) {
            return false;
        }
        List<CoreDump.CoreLwp> lwps = new ArrayList<>();
        p.forEachLwp(each -> {
            if (!each.exiting) {
                lwps.add(CoreDump.CoreLwp.of(each));
            }
        });
        List<CoreDump.CoreRange> ranges = new ArrayList<>();
        for (VmMapEntry entry = map.first(); entry != null; entry = entry.next()) {
            ranges.add(new CoreDump.CoreRange(entry.start(), entry.end(), entry.protection()));
        }
        if (kept.size() == KEPT) {
            kept.removeLast();
        }
        kept.addFirst(new CoreDump(p.pid(), p.name(), signo, l.lid(), processes.engine().nowNanos(), map.sizeBytes(),
                List.copyOf(lwps), List.copyOf(ranges)));
        processes.log(Events.CORE, p, lwps.size(), map.sizeBytes());
        return true;
    }
}
