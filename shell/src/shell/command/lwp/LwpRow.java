// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.proc.Lwp;
import kernel.sched.task.TaskState;

/**
 * An LWP, as {@code lwps} lists it.
 *
 * @param waitMessage what it sleeps on, in a word
 * @param masked signals it blocks
 * @param pending signals sent to it alone and not taken yet
 */
record LwpRow(String lwp, String process, String name, String state, String waitMessage, Long channelAddress, int cpu,
        int priority, boolean detached, String masked, String pending, long runNanos, long waitNanos) {
    static LwpRow of(Lwp lwp) {
        boolean waits = lwp.waitChannel() != 0 && (lwp.state() == TaskState.LSSLEEP || lwp.state() == TaskState.LSSTOP);
        return new LwpRow(lwp.label(), lwp.proc().name(), lwp.name(), States.text(lwp),
                waits ? lwp.waitMessage() : null, waits ? (Long) lwp.waitChannel() : null,
                lwp.cpu() == null ? 0 : lwp.cpu().id(), lwp.effectivePriority(), lwp.detached(),
                Signals.set(lwp.signalMask()), Signals.set(lwp.pendingSignals()), lwp.runNanos(), lwp.accounting().waitNanos());
    }
}
