// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.Signal;

/**
 * What the kernel keeps of a process that another one traces: p_opptr, p_sigctx, p_lwp_created and p_lwp_exited of
 * {@code struct proc}.
 *
 * <p>Who traces changes with the list of processes locked, the rest with the process locked.
 */
final class TraceState {
    /** TRAP_LWP, the si_code of an LWP event. */
    static final int TRAP_LWP = 5;

    /** The tracing process, which is the parent meanwhile; null when no process traces it. */
    Proc tracer;
    /** p_opptr: who was the parent before, and is again when tracing ends; null for nobody. */
    Proc realParent;
    /** What the tracer wants to know: LWP_CREATE and LWP_EXIT of {@link Tracing}. */
    int events;
    /** ps_info: why it stopped last, or null. */
    SignalInfo info;
    /** ps_lwp: the LWP that the signal was for, 0 for all. */
    int lid;
    /** The LWP that took the signal or reported the event. */
    Lwp reporter;
    /** The LWP that was created or exits, when that is why it stopped. */
    int created;
    int exited;

    /** Whether a process traces it. */
    boolean active() {
        return tracer != null;
    }

    /** An LWP stops with a signal. */
    void show(Lwp l, SignalInfo why, int target) {
        info = why;
        lid = target;
        reporter = l;
    }

    /**
     * An LWP stops for an event of its own.
     *
     * @param event its number for tracers, the first word of {@code struct ptrace_state}; the LWP is the second
     */
    void show(Lwp l, TraceEvent.Kind kind, int event) {
        long state = event | (long) l.lid() << Integer.SIZE;
        show(l, new SignalInfo(Signal.SIGTRAP, TRAP_LWP, 0, 0, 0, state, l.lid()), l.lid());
        if (kind == TraceEvent.Kind.LWP_CREATE) {
            created = l.lid();
        } else {
            exited = l.lid();
        }
    }

    /** It goes on. */
    void forget() {
        created = 0;
        exited = 0;
        reporter = null;
    }

    /** Nobody traces it any more. */
    void end() {
        forget();
        tracer = null;
        realParent = null;
        events = 0;
        info = null;
        lid = 0;
    }
}
