// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;

/**
 * What one process may do to another that it traces: the part of do_ptrace (sys_ptrace_common.c 1.53) that is about
 * processes and LWPs.
 *
 * <p>Called by an LWP of the tracer with nothing locked. A process is traced by its parent: {@code PT_ATTACH} makes
 * the tracer its parent for as long as that lasts. Every signal but SIGKILL stops a traced process, and so does each
 * event the tracer asked for; {@code wait4} reports the stop.
 */
public final class Ptrace {
    /** Request: the caller is traced by its parent. */
    public static final int PT_TRACE_ME = 0;
    /** Request: goes on. */
    public static final int PT_CONTINUE = 7;
    /** Request: ends it with SIGKILL. */
    public static final int PT_KILL = 8;
    /** Request: traces any process. */
    public static final int PT_ATTACH = 9;
    /** Request: ends tracing; it goes on. */
    public static final int PT_DETACH = 10;
    /** Request: the next LWP, and what it has to do with the stop. */
    public static final int PT_LWPINFO = 13;
    /** Request: which events stop it. */
    public static final int PT_SET_EVENT_MASK = 16;
    /** Request: the events that stop it. */
    public static final int PT_GET_EVENT_MASK = 17;
    /** Request: the event it stopped for. */
    public static final int PT_GET_PROCESS_STATE = 18;
    /** Request: the signal it stopped with. */
    public static final int PT_GET_SIGINFO = 20;
    /** Request: an LWP goes on with the others. */
    public static final int PT_RESUME = 21;
    /** Request: an LWP stays stopped. */
    public static final int PT_SUSPEND = 22;
    /** Request: mask, name and pointer of an LWP. */
    public static final int PT_LWPSTATUS = 24;
    /** Request: the same of the next LWP. */
    public static final int PT_LWPNEXT = 25;

    /** PTRACE_LWP_CREATE: an LWP runs for the first time. */
    public static final int LWP_CREATE = 0x8;
    /** PTRACE_LWP_EXIT: an LWP is about to exit. */
    public static final int LWP_EXIT = 0x10;

    private final Processes processes;
    private final PtraceView view = new PtraceView();
    private Proc target;

    Ptrace(Processes processes) {
        this.processes = processes;
    }

    /**
     * ptrace_find and ptrace_allowed: whom a request is about, and whether the caller may make it.
     *
     * @return 0 with the process in {@link #target()}; ESRCH, EINVAL, EPERM or EBUSY
     */
    public int check(Lwp l, int request, int pid) {
        target = request == PT_TRACE_ME ? l.proc() : processes.table().find(pid);
        if (target == null || !target.alive()) {
            return Errno.ESRCH;
        }
        return switch (request) {
            case PT_TRACE_ME -> mayBeTraced(target);
            case PT_ATTACH -> mayAttach(l.proc(), target);
            case PT_CONTINUE, PT_KILL, PT_DETACH, PT_LWPINFO -> mayControl(l.proc(), target);
            case PT_SET_EVENT_MASK, PT_GET_EVENT_MASK, PT_GET_PROCESS_STATE, PT_GET_SIGINFO, PT_RESUME, PT_SUSPEND,
                    PT_LWPSTATUS, PT_LWPNEXT -> processes.revision().reportsLwpEvents()
                            ? mayControl(l.proc(), target) : Errno.EINVAL;
            default -> Errno.EINVAL;
        };
    }

    /** What a tracer sees of the processes that it traces. */
    public PtraceView view() {
        return view;
    }

    /** The process that the last {@link #check} found; read it before anything can interleave. */
    public Proc target() {
        return target;
    }

    /** A process of the outside has no parent that could trace it, as one of init. */
    private static int mayBeTraced(Proc p) {
        if (p.parent == null) {
            return Errno.EPERM;
        }
        return p.trace.active() ? Errno.EBUSY : 0;
    }

    private static int mayAttach(Proc tracer, Proc t) {
        if (t == tracer) {
            return Errno.EINVAL;
        }
        if (t.trace.active()) {
            return Errno.EBUSY;
        }
        return tracer.superuser() || tracer.uid() == t.uid() ? 0 : Errno.EPERM;
    }

    private static int mayControl(Proc tracer, Proc t) {
        if (!t.trace.active()) {
            return Errno.EPERM;
        }
        boolean waitedFor = t.state == Proc.State.STOPPED && t.signals.stopReported;
        return t.trace.tracer == tracer && waitedFor ? 0 : Errno.EBUSY;
    }

    /** PT_TRACE_ME: the caller's parent traces it from now on. */
    public void traceMe(Proc p) {
        processes.lock().enter();
        if (p.parent != null) {
            p.trace.tracer = p.parent;
            p.trace.realParent = p.parent;
        }
        processes.lock().exit();
    }

    /** PT_ATTACH: the caller becomes the parent, and the process is told to stop. */
    public void attach(Lwp l, Proc t) {
        processes.lock().enter();
        t.trace.tracer = l.proc();
        t.trace.realParent = t.parent;
        ProcLife.reparent(t, l.proc());
        processes.lock().exit();
        t.lock.enter();
        if (t.state == Proc.State.STOPPED) {
            processes.jobControl().reportStopAgain(t, Signal.SIGSTOP);
        } else {
            processes.signals().post(t,
                    SignalInfo.sent(Signal.SIGSTOP, SignalInfo.SI_USER, l.pid(), l.proc().credentials().euid()), 0);
        }
        t.lock.exit();
    }

    /**
     * PT_CONTINUE and PT_DETACH.
     *
     * @param data the signal that it goes on with, 0 for none; or, negative, the only LWP that goes on
     * @return 0, EINVAL (no such signal, or an LWP to detach), ESRCH, or EDEADLK when nothing could run
     */
    public int resume(Lwp l, Proc t, int data, boolean detaches) {
        if (data >= Signal.NSIG || data < 0 && detaches) {
            return Errno.EINVAL;
        }
        Lwp only = data < 0 ? t.liveLwp(-data) : null;
        if (data < 0 && only == null) {
            return Errno.ESRCH;
        }
        if (only == null ? allHeld(t) : only.has(LwpFlag.LW_DBGSUSPEND)) {
            return Errno.EDEADLK;
        }
        if (detaches) {
            processes.lock().enter();
            ProcLife.reparent(t, t.trace.realParent);
            processes.lock().exit();
        }
        t.lock.enter();
        goOn(l, t, Math.max(0, data), only);
        if (detaches) {
            t.trace.end();
        }
        t.lock.exit();
        return 0;
    }

    private static boolean allHeld(Proc t) {
        for (Lwp l = t.lwps.head(); l != null; l = l.next) {
            if (l.alive() && !l.has(LwpFlag.LW_DBGSUSPEND)) {
                return false;
            }
        }
        return true;
    }

    /** ptrace_sendsig; the process is locked. */
    private void goOn(Lwp l, Proc t, int signo, Lwp only) {
        Lwp reporter = t.trace.reporter;
        SignalInfo shown = t.trace.info;
        t.trace.forget();
        if (signo != 0 && Signal.stopping(signo)) {
            processes.jobControl().reportStopAgain(t, signo);
            return;
        }
        if (signo == Signal.SIGKILL) {
            processes.signals().post(t, SignalInfo.sent(signo, SignalInfo.SI_USER, l.pid(), 0), 0);
            return;
        }
        if (signo != 0 && reporter != null && (reporter.signals().mask & Signal.bit(signo)) == 0) {
            boolean same = shown != null && shown.signo() == signo;
            reporter.signals().putSeen(same ? shown
                    : SignalInfo.sent(signo, SignalInfo.SI_USER, l.pid(), l.proc().credentials().euid()));
            reporter.flags |= LwpFlag.LW_PENDSIG;
        }
        processes.jobControl().unstop(t, only);
    }

    /** PT_KILL. */
    public void kill(Lwp l, Proc t) {
        t.lock.enter();
        goOn(l, t, Signal.SIGKILL, null);
        t.lock.exit();
    }

    /**
     * PT_SUSPEND and PT_RESUME: whether an LWP stays stopped when the process goes on.
     *
     * @param lid the LWP; 0 for the newest
     * @return 0 or ESRCH
     */
    public int hold(Proc t, int lid, boolean held) {
        t.lock.enter();
        Lwp l = view.meant(t, lid);
        if (l != null) {
            l.flags = held ? l.flags | LwpFlag.LW_DBGSUSPEND : l.flags & ~LwpFlag.LW_DBGSUSPEND;
        }
        t.lock.exit();
        return l == null ? Errno.ESRCH : 0;
    }

    /** exit1: the children that an exiting process traces are killed, and its own traced ones forget it. */
    void leave(Proc tracer) {
        for (Proc p : processes.table().all()) {
            if (p.trace.realParent == tracer) {
                p.trace.realParent = null;
            }
            if (p.trace.tracer == tracer) {
                Proc parent = p.trace.realParent;
                p.trace.end();
                if (parent != null) {
                    ProcLife.reparent(p, parent);
                }
                if (parent != null && p.state == Proc.State.ZOMBIE) {
                    processes.jobControl().tellExit(parent, p);
                }
                processes.signals().post(p, SignalInfo.unknown(Signal.SIGKILL), 0);
            }
        }
    }

    /**
     * A tracer has collected a zombie: gives it to the parent it had before.
     *
     * @return false if there is no such parent, and the zombie is done with
     */
    boolean giveBack(Proc zombie) {
        Proc parent = zombie.trace.realParent;
        if (!zombie.trace.active() || parent == null || parent == zombie.parent) {
            return false;
        }
        zombie.trace.end();
        ProcLife.reparent(zombie, parent);
        processes.jobControl().tellExit(parent, zombie);
        return true;
    }
}
