// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import kernel.lwp.proc.Lwp;

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

    /** The same with what it waits for: {@code asleep (parked)}. */
    static String withReason(Lwp lwp) {
        String reason = lwp.waitMessage();
        boolean waits = lwp.waitChannel() != 0 && reason != null && !reason.isEmpty();
        return waits ? text(lwp) + " (" + reason + ")" : text(lwp);
    }
}
