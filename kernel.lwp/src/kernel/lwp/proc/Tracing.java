// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.signal.Signal;
import machine.core.slot.GuestFault;
import machine.core.watchdog.Guard;
import machine.core.watchdog.Overdue;

/**
 * Traced processes and their LWP events: p_slflag and eventswitch (kern_sig.c, mi_startlwp of sys_lwp.c 1.76.2.1 and
 * 1.84, lwp_exit of kern_lwp.c 1.250).
 *
 * <p>The tracer is another process, see {@link Ptrace}, or the outside. DEVIATION: for the outside a process stops at
 * an event only if that was asked for, and SIGCONT lets it go on; the original knows no such tracer.
 */
@Guard
public final class Tracing {
    /** PSL_TRACED. */
    public static final int TRACED = 0x1;
    /** PSL_TRACELWP_CREATE. */
    public static final int LWP_CREATE = 0x2;
    /** PSL_TRACELWP_EXIT. */
    public static final int LWP_EXIT = 0x4;
    /** Stop the process with SIGTRAP at each event. */
    public static final int STOP = 0x8;

    private static final System.Logger LOG = System.getLogger(Tracing.class.getName());

    private final Processes processes;
    private final List<TraceListener> listeners = new ArrayList<>();
    private final Ptrace ptrace;

    Tracing(Processes processes) {
        this.processes = processes;
        this.ptrace = new Ptrace(processes);
    }

    /** Tracing of one process by another. */
    public Ptrace ptrace() {
        return ptrace;
    }

    /** Sets what is traced of a process, at a safe point; 0 for nothing. */
    public void trace(Proc p, int flags) {
        p.traceFlags = flags;
    }

    /** Adds a listener, at a safe point. */
    public void add(TraceListener listener) {
        listeners.add(listener);
    }

    /** Removes a listener, at a safe point. */
    public void remove(TraceListener listener) {
        listeners.remove(listener);
    }

    /** mi_startlwp: a created LWP runs for the first time. */
    void created(Lwp l) {
        report(l, LWP_CREATE, TraceEvent.Kind.LWP_CREATE);
    }

    /** lwp_exit: an LWP of a process that goes on is about to exit. */
    void exiting(Lwp l) {
        if (!l.proc().exiting()) {
            report(l, LWP_EXIT, TraceEvent.Kind.LWP_EXIT);
        }
    }

    /** Reports an event to whoever wants to know it. */
    private void report(Lwp l, int wanted, TraceEvent.Kind kind) {
        Proc p = l.proc();
        int needed = TRACED | wanted;
        boolean outside = (p.traceFlags & needed) == needed;
        boolean inside = p.trace.active() && (p.trace.events & wanted) != 0;
        if (!outside && !inside || !processes.revision().reportsLwpEvents()) {
            return;
        }
        processes.log(Events.TRACE, p, l.lid(), kind.ordinal());
        tell(new TraceEvent(kind, p.pid(), l.lid(), processes.engine().nowNanos()));
        if (inside || (p.traceFlags & STOP) != 0) {
            stop(l, kind);
        }
    }

    /** eventswitch: one event after the other stops the process. */
    private void stop(Lwp l, TraceEvent.Kind kind) {
        Proc p = l.proc();
        p.lock.enter();
        while (!l.has(LwpFlag.LW_WEXIT) && (p.state == Proc.State.STOPPED || p.signals.stopping)) {
            processes.jobControl().halt(l);
        }
        if (p.running() && !l.has(LwpFlag.LW_WEXIT)) {
            if (p.trace.active()) {
                p.trace.show(l, kind, kind == TraceEvent.Kind.LWP_CREATE ? Ptrace.LWP_CREATE : Ptrace.LWP_EXIT);
            }
            processes.jobControl().stop(l, Signal.SIGTRAP);
        }
        p.lock.exit();
    }

    /** Never inlined, so that compiled code of a listener's bundle is in no frame in which an LWP sleeps. */
    private void tell(TraceEvent event) {
        for (int i = 0; i < listeners.size(); i++) {
            TraceListener listener = listeners.get(i);
            try {
                listener.traced(event);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | Overdue failure) {
                listeners.remove(i--);
                drop(listener.getClass().getName(), failure);
            }
        }
    }

    private void drop(String name, Throwable failure) {
        String fault = GuestFault.report(processes.engine(), "listener", name, "trace listener " + name, failure)
                .message();
        LOG.log(System.Logger.Level.WARNING, "{0}; this kernel tells it nothing any more", fault);
    }
}
