// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalInfo;
import kernel.sched.errno.Errno;

/**
 * What a tracer sees of a stopped process: its LWPs, and why it stopped (sys_ptrace_common.c 1.53).
 *
 * <p>Called by an LWP of the tracer after {@link Ptrace#check}, with nothing locked; changes only the event mask.
 */
public final class PtraceView {
    private Lwp found;

    PtraceView() {
    }

    /** ptrace_update_lwp: the LWP that a request names; 0 names the newest, and if there is only one it is meant. */
    public Lwp meant(Proc t, int lid) {
        return lid == 0 || t.lwpCount() == 1 ? live(t.lwps.head()) : t.liveLwp(lid);
    }

    /**
     * The LWP after another in the list, newest first.
     *
     * @return ESRCH if there is no such LWP; otherwise 0 with the next live one in {@link #found()}, null at the end
     */
    public int next(Proc t, int lid) {
        Lwp before = lid == 0 ? null : t.liveLwp(lid);
        if (lid != 0 && before == null) {
            return Errno.ESRCH;
        }
        found = live(before == null ? t.lwps.head() : before.next);
        return 0;
    }

    /** What {@link #next} found; read it before anything can interleave. */
    public Lwp found() {
        return found;
    }

    private static Lwp live(Lwp l) {
        Lwp at = l;
        while (at != null && !at.alive()) {
            at = at.next;
        }
        return at;
    }

    /** PT_SET_EVENT_MASK, bits {@link Ptrace#LWP_CREATE} and {@link Ptrace#LWP_EXIT}. */
    public void events(Proc t, int mask) {
        t.trace.events = ((mask & Ptrace.LWP_CREATE) != 0 ? Tracing.LWP_CREATE : 0)
                | ((mask & Ptrace.LWP_EXIT) != 0 ? Tracing.LWP_EXIT : 0);
    }

    /** PT_GET_EVENT_MASK. */
    public int events(Proc t) {
        return ((t.trace.events & Tracing.LWP_CREATE) != 0 ? Ptrace.LWP_CREATE : 0)
                | ((t.trace.events & Tracing.LWP_EXIT) != 0 ? Ptrace.LWP_EXIT : 0);
    }

    /** PT_GET_PROCESS_STATE: the event it stopped for, or 0. */
    public int event(Proc t) {
        return t.trace.created != 0 ? Ptrace.LWP_CREATE : t.trace.exited != 0 ? Ptrace.LWP_EXIT : 0;
    }

    /** The LWP of the event it stopped for, or 0. */
    public int eventLid(Proc t) {
        return t.trace.created != 0 ? t.trace.created : t.trace.exited;
    }

    /** PT_GET_SIGINFO: why it stopped; all zero when there is nothing to say. */
    public SignalInfo info(Proc t) {
        return t.trace.info == null ? SignalInfo.sent(0, 0, 0, 0) : t.trace.info;
    }

    /** The LWP that the signal was for; 0 for all. */
    public int infoLid(Proc t) {
        return t.trace.lid;
    }

    /** Whether the signal it stopped with concerns an LWP: it was sent to it, or to all. */
    public boolean concerns(Proc t, Lwp l) {
        return t.trace.info != null && (t.trace.lid == 0 || t.trace.lid == l.lid());
    }
}
