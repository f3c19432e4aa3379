// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a process does about each signal: {@code struct sigacts} and the sets of {@code struct sigctx}.
 *
 * <p>Changed only with the process locked.
 */
@ProviderType
public final class SignalActions {
    private final SignalAction[] actions;
    private long caught;
    private long ignored;

    /** Default actions (siginit). */
    public SignalActions() {
        actions = new SignalAction[Signal.NSIG];
        for (int signo = 1; signo < Signal.NSIG; signo++) {
            set(signo, SignalAction.DEFAULT);
        }
    }

    private SignalActions(SignalActions from) {
        actions = from.actions.clone();
        caught = from.caught;
        ignored = from.ignored;
    }

    /** A copy for a forked child. */
    public SignalActions copy() {
        return new SignalActions(this);
    }

    /** The action of a signal. */
    public SignalAction of(int signo) {
        return actions[signo];
    }

    /** Changes the action of a signal. */
    public void set(int signo, SignalAction action) {
        long bit = Signal.bit(signo);
        boolean ignore = action.handler() == SignalAction.SIG_IGN
                || action.handler() == SignalAction.SIG_DFL && Signal.discarded(signo);
        actions[signo] = action;
        caught = action.caught() ? caught | bit : caught & ~bit;
        // SIGCONT continues even where it is ignored, so it has to be posted.
        ignored = ignore && signo != Signal.SIGCONT ? ignored | bit : ignored & ~bit;
    }

    /** Signals with a handler, bit signo - 1. */
    public long caught() {
        return caught;
    }

    /** Signals that are dropped when they are sent, bit signo - 1. */
    public long ignored() {
        return ignored;
    }

    /** Whether a handler catches a signal. */
    public boolean catches(int signo) {
        return (caught & Signal.bit(signo)) != 0;
    }

    /** Whether a signal is dropped when it is sent. */
    public boolean ignores(int signo) {
        return (ignored & Signal.bit(signo)) != 0;
    }
}
