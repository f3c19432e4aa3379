// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.PendingSignals;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.errno.Errno;
import kernel.sched.sleep.Sleep;
import kernel.sched.task.SyncObject;

/** What the signal calls do to actions and masks, and waiting for signals (sys_sig.c). */
public final class SignalWaits {
    /** sigprocmask: add to the mask. */
    public static final int SIG_BLOCK = 1;
    /** sigprocmask: take out of the mask. */
    public static final int SIG_UNBLOCK = 2;
    /** sigprocmask: replace the mask. */
    public static final int SIG_SETMASK = 3;
    /** {@link #await}: do not wait at all. */
    public static final int NO_WAIT = -1;

    /** Version of the trampoline that gets a siginfo_t and a ucontext_t. */
    private static final int SIGINFO_TRAMPOLINE = 2;

    private final Processes processes;
    private int error;

    SignalWaits(Processes processes) {
        this.processes = processes;
    }

    /**
     * The checks of sigaction1.
     *
     * <p>DEVIATION: only the trampoline of version 2 is known; the older ones belong to frames of before 2003.
     *
     * @param next the new action, or null to ask only
     * @return 0 or EINVAL
     */
    public int checkAction(int signo, SignalAction next, long trampoline, int version) {
        if (!Signal.valid(signo)) {
            return Errno.EINVAL;
        }
        if (next == null) {
            return 0;
        }
        boolean complete = version == SIGINFO_TRAMPOLINE && trampoline != 0;
        boolean none = version == 0 && trampoline == 0 && !next.caught();
        boolean refused = Signal.unmaskable(signo) || (next.flags() & ~SignalAction.SA_ALLBITS) != 0;
        return refused || !complete && !none ? Errno.EINVAL : 0;
    }

    /**
     * sigaction1: changes an action that {@link #checkAction} accepts.
     *
     * @param next the new action, or null to ask only
     * @return the action before
     */
    public SignalAction action(Lwp l, int signo, SignalAction next) {
        Proc p = l.proc();
        p.lock.enter();
        SignalAction old = p.signals.actions.of(signo);
        if (next != null) {
            install(p, signo, next);
            // Signals that were ignored may have become visible.
            look(l);
        }
        p.lock.exit();
        return old;
    }

    private static void install(Proc p, int signo, SignalAction next) {
        long mask = next.mask() | (next.has(SignalAction.SA_NODEFER) ? 0 : Signal.bit(signo));
        SignalAction kept = new SignalAction(next.handler(), Signal.maskable(mask), next.flags(), next.trampoline());
        p.signals.actions.set(signo, kept);
        if (p.signals.actions.ignores(signo)) {
            p.signals.pending.clear(Signal.bit(signo));
            for (Lwp l = p.lwps.head(); l != null; l = l.next) {
                l.signals().pending.clear(Signal.bit(signo));
            }
        }
    }

    /**
     * sigprocmask1.
     *
     * @return 0 or EINVAL
     */
    public int changeMask(Lwp l, int how, long set) {
        long mask = l.signals().mask;
        switch (how) {
            case SIG_BLOCK -> l.signals().mask(mask | set);
            case SIG_UNBLOCK -> processes.contexts().mask(l, mask & ~set);
            case SIG_SETMASK -> processes.contexts().mask(l, set);
            default -> {
                return Errno.EINVAL;
            }
        }
        return 0;
    }

    /** sigpending1: what is pending for the LWP or its process and blocked, bit signo - 1. */
    public long pending(Lwp l) {
        return (l.signals().pending.set() | l.proc().signals.pending.set()) & l.signals().mask;
    }

    private static void look(Lwp l) {
        if (l.deliverable() != 0) {
            l.flags |= LwpFlag.LW_PENDSIG;
        }
    }

    /**
     * sigsuspend1: waits for a signal with another mask; the handler returns to the mask before.
     *
     * @param masked whether there is another mask
     * @return EINTR
     */
    public int suspend(Lwp l, boolean masked, long mask) {
        LwpSignals own = l.signals();
        if (masked) {
            own.oldMask = own.mask;
            own.restore = true;
            own.mask(mask);
            look(l);
        }
        int result;
        do {
            result = processes.sleep().tsleep(l.channel(), "pause", 0, true);
        } while (result == 0);
        return Errno.EINTR;
    }

    /**
     * sigtimedwait1: takes a signal out of a set, waiting for one to be sent.
     *
     * @param ticks 0 to wait for ever, {@link #NO_WAIT} not to wait
     * @return the signal, or null with {@link #error()}
     */
    public SignalInfo await(Lwp l, long set, int ticks) {
        Proc p = l.proc();
        LwpSignals own = l.signals();
        long wanted = Signal.maskable(set);
        p.lock.enter();
        SignalInfo found = take(own.pending, wanted);
        if (found == null) {
            found = take(p.signals.pending, wanted);
        }
        p.lock.exit();
        error = Errno.EAGAIN;
        if (found != null || ticks == NO_WAIT) {
            return found;
        }
        return sleep(l, wanted, ticks);
    }

    private SignalInfo sleep(Lwp l, long wanted, int ticks) {
        LwpSignals own = l.signals();
        Sleep sleep = processes.sleep();
        own.waited = null;
        own.waitSet = wanted;
        sleep.lockWithoutQueue();
        int result = 0;
        if (own.waited == null) {
            l.setKernelPriority(true);
            sleep.enqueue(null, l.channel(), "sigwait", SyncObject.KPAUSE, true);
            result = sleep.block(ticks, true);
        } else {
            processes.dispatcher().lwpLock(l.cpu()).exit();
        }
        SignalInfo got = own.waited;
        own.waitSet = 0;
        own.waited = null;
        error = result == Errno.EWOULDBLOCK ? Errno.EAGAIN : result == 0 ? Errno.EINTR : result;
        return got;
    }

    /** Why the last {@link #await} failed; read it right after. */
    public int error() {
        return error;
    }

    private static SignalInfo take(PendingSignals pending, long wanted) {
        long ready = pending.set() & wanted;
        return ready == 0 ? null : pending.take(Signal.first(ready));
    }
}
