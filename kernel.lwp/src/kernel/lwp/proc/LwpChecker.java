// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.List;
import java.util.TreeMap;
import kernel.lwp.revision.LwpQuirk;
import kernel.sched.task.SyncObject;
import kernel.sched.task.TaskState;

/**
 * Checks single LWPs at a safe point: wait channel (I7), park state (I9, I10), ids (I12), first waiter (I13) and control
 * block (I14).
 *
 * <p>User code can write to its control block, so one that does breaks I14 by itself.
 */
final class LwpChecker {
    private final Processes processes;
    private final List<String> broken;
    private final TreeMap<Integer, Lwp> globalIds = new TreeMap<>();

    LwpChecker(Processes processes, List<String> broken) {
        this.processes = processes;
        this.broken = broken;
    }

    void check(Proc p, Lwp l) {
        checkSleep(l);
        checkId(p, l);
        checkWaiter(p, l);
        if (l.control != null) {
            checkControl(l, l.control);
        }
    }

    private void checkSleep(Lwp l) {
        TaskState state = l.state();
        boolean waits = l.waitChannel() != 0;
        boolean mayWait = state == TaskState.LSSLEEP || state == TaskState.LSSTOP;
        rule(waits ? mayWait : state != TaskState.LSSLEEP,
                "I7: LWP " + l + " is " + state + (waits ? " with" : " without") + " a wait channel");
        rule(waits || l.syncObject() == SyncObject.SCHED, "I7: LWP " + l + " waits for nothing on " + l.syncObject());
        rule(!l.parked() || waits && mayWait, "I9: LWP " + l + " is parked and " + state);
        rule(!l.parked() || !l.has(LwpFlag.LW_UNPARKED), "I10: LWP " + l + " is parked with an unpark pending");
    }

    private void checkId(Proc p, Lwp l) {
        rule(p.anyLwp(l.lid()) == l, "I12: LWP " + l + " is not the one that its id finds");
        if (l.ownsId) {
            Lwp other = globalIds.put(l.lid(), l);
            rule(other == null, "I12: LWPs " + l + " and " + other + " share an id");
            rule(processes.table().find(l.lid()) == null, "I12: LWP " + l + " has the id of a process");
        }
    }

    /** Whoever sleeps for one LWP has looked at it, and so it knows of a waiter. */
    private void checkWaiter(Proc p, Lwp l) {
        if (l.waitingFor == 0 || !l.inWait || l.state() != TaskState.LSSLEEP) {
            return;
        }
        Lwp target = p.liveLwp(l.waitingFor);
        boolean knows = target == null || target.detached() || target.waiter != 0 || p.lock.owner() != null;
        rule(knows, "I13: LWP " + l + " waits for " + target + ", which knows of no waiter");
    }

    private void checkControl(Lwp l, ControlBlock block) {
        int shown = block.shown();
        int wanted = l.state() == TaskState.LSZOMB ? ControlBlock.CPU_EXITED
                : l.onCpu() ? l.cpu().id() : ControlBlock.CPU_NONE;
        boolean overwritten = shown == ControlBlock.CPU_NONE && processes.quirk(LwpQuirk.EXIT_MARK_OVERWRITTEN);
        rule(shown == wanted || overwritten, "I14: lc_curcpu of LWP " + l + " is " + shown + ", not " + wanted);
        int count = block.count();
        rule(count - block.countSeen >= 0, "I14: lc_pctr of LWP " + l + " went from "
                + Integer.toUnsignedString(block.countSeen) + " to " + Integer.toUnsignedString(count));
        block.countSeen = count;
    }

    private void rule(boolean holds, String text) {
        if (!holds) {
            broken.add(text);
        }
    }
}
