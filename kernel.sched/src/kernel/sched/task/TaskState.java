// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.task;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Scheduling state of a task, with the fixed numbers of NetBSD's {@code sys/lwp.h}.
 *
 * <p>IDL, RUN, ONPROC and SUSPENDED are absolute. SLEEP, STOP and ZOMB are declarations of intent: such a
 * task may still be executing on its way to the switch, which {@link Task#onCpu()} tells.
 */
@ProviderType
public enum TaskState {
    /** Being created, never ran; also a freed structure and an idle task that is not running. */
    LSIDL(1),
    /** On a run queue. */
    LSRUN(2),
    /** Has a wait channel, or is about to. */
    LSSLEEP(3),
    /** Stopped by job control or a debugger; may still hold a wait channel. */
    LSSTOP(4),
    /** Exited, waiting to be reaped. */
    LSZOMB(5),
    /** Running. */
    LSONPROC(7),
    /** Suspended at the user boundary. */
    LSSUSPENDED(8);

    private final int number;

    TaskState(int number) {
        this.number = number;
    }

    /** The number that debuggers and {@code ps} use. */
    public int number() {
        return number;
    }

    /** True when a task in this state may go to {@code next}. */
    public boolean mayBecome(TaskState next) {
        return switch (this) {
            case LSIDL -> next == LSRUN || next == LSSTOP || next == LSSUSPENDED || next == LSZOMB || next == LSONPROC;
            case LSRUN -> next == LSONPROC;
            case LSONPROC -> next == LSRUN || next == LSSLEEP || next == LSSTOP || next == LSSUSPENDED
                    || next == LSZOMB || next == LSIDL;
            case LSSLEEP -> next == LSONPROC || next == LSRUN || next == LSSTOP;
            case LSSTOP -> next == LSSLEEP || next == LSRUN || next == LSONPROC;
            case LSSUSPENDED -> next == LSRUN || next == LSONPROC;
            case LSZOMB -> next == LSIDL;
        };
    }
}
