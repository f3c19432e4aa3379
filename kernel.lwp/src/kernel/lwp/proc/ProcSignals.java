// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.signal.PendingSignals;
import kernel.lwp.signal.SignalAction;
import kernel.lwp.signal.SignalActions;
import kernel.lwp.signal.Signal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The signal state of a process: sigacts, p_sigpend, and how it is stopped.
 *
 * <p>Changed with the process locked.
 */
@ProviderType
public final class ProcSignals {
    final PendingSignals pending = new PendingSignals();
    SignalActions actions = new SignalActions();
    /** PS_STOPPING: it is to be stopped as soon as its LWPs have come to a halt. */
    boolean stopping;
    /** PS_CONTINUED: it went on, and its parent has not asked yet. */
    boolean continued;
    /** p_waited: its parent knows that it is stopped. */
    boolean stopReported;
    /** p_xsig: the signal that stopped it. */
    int stopSignal;

    /** What it does about each signal. */
    public SignalActions actions() {
        return actions;
    }

    /** Signals that were sent to the process and not taken yet. */
    public PendingSignals pending() {
        return pending;
    }

    /** Whether it is about to stop (PS_STOPPING). */
    public boolean stopping() {
        return stopping;
    }

    /** The signal that stopped it last, or 0. */
    public int stopSignal() {
        return stopSignal;
    }

    /** PS_NOCLDSTOP: not told about children that stop or go on. */
    boolean noChildStop() {
        return actions.of(Signal.SIGCHLD).has(SignalAction.SA_NOCLDSTOP);
    }

    /** PS_NOCLDWAIT or PS_CLDSIGIGN: its children leave no zombies. */
    boolean noChildWait() {
        SignalAction action = actions.of(Signal.SIGCHLD);
        return action.has(SignalAction.SA_NOCLDWAIT) || action.handler() == SignalAction.SIG_IGN;
    }
}
