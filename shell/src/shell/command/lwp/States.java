// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.signal.Signal;
import kernel.sched.task.TaskState;

/** Words for the states of LWPs. */
final class States {
    private States() {
    }

    static String text(Lwp lwp) {
        return switch (lwp.state()) {
            case LSIDL -> "new";
            case LSRUN -> "runnable";
            case LSONPROC -> "running";
            case LSSLEEP -> "asleep";
            case LSSTOP -> "stopped";
            case LSZOMB -> "zombie";
            case LSSUSPENDED -> "suspended";
        };
    }

    /** Why it does not run, with the signal that stopped it and what is blocked or pending. */
    static String why(Kernel kernel, Lwp lwp) {
        StringBuilder text = new StringBuilder(kernel.dispatcher().why(lwp));
        Proc process = lwp.proc();
        if (lwp.state() == TaskState.LSSTOP) {
            text.append(" by ").append(Signal.name(process.signals().stopSignal())).append("; kill ")
                    .append(process.pid()).append(" SIGCONT continues it");
        }
        if (lwp.pendingSignals() != 0) {
            text.append("; pending: ").append(Signals.set(lwp.pendingSignals()));
        }
        if (process.pendingSignals() != 0) {
            text.append("; pending for the process: ").append(Signals.set(process.pendingSignals()));
        }
        if (lwp.signalMask() != 0) {
            text.append("; blocked: ").append(Signals.set(lwp.signalMask()));
        }
        return text.toString();
    }

    /** The same with what it waits for: {@code asleep (parked)}. */
    static String withReason(Lwp lwp) {
        String reason = lwp.waitMessage();
        boolean waits = lwp.waitChannel() != 0 && reason != null && !reason.isEmpty();
        return waits ? text(lwp) + " (" + reason + ")" : text(lwp);
    }
}
