// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.WaitScan;
import kernel.sched.task.TaskState;

/** What is wrong with the answer of a revision to a wait. */
final class ScanRules {
    private ScanRules() {
    }

    /** Why the answer cannot be, or null. */
    static String problem(WaitScan scan, int answer) {
        if (answer < LwpRevision.WAIT_SLEEP) {
            return "it answered " + answer + " to the wait of LWP " + scan.waiter;
        }
        if (answer != LwpRevision.WAIT_REAP) {
            return null;
        }
        Lwp found = scan.found;
        if (found == null) {
            return "it found nobody for LWP " + scan.waiter + " to collect, but said so";
        }
        if (found.proc() != scan.waiter.proc() || found.state() != TaskState.LSZOMB
                || scan.lid != 0 && found.lid() != scan.lid) {
            return "it gave LWP " + found + ", which is " + found.state() + ", to LWP " + scan.waiter + " to collect";
        }
        return null;
    }
}
