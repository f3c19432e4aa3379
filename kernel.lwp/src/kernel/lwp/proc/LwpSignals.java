// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.signal.PendingSignals;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalStack;
import kernel.vm.syscall.SyscallDescriptor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The signal state of one LWP: l_sigmask, l_sigpend, l_sigstk, and the handlers it is in.
 *
 * <p>Mask and stack are changed by the LWP itself, pending signals with the process locked.
 */
@ProviderType
public final class LwpSignals {
    final PendingSignals pending = new PendingSignals();
    final SignalStack stack = new SignalStack();
    long mask;
    /** The mask that a handler taken in sigsuspend returns to, while {@link #restore}. */
    long oldMask;
    boolean restore;
    /** What sigtimedwait waits for, and what it got. */
    long waitSet;
    SignalInfo waited;
    /** A pending signal that the tracer has seen already, or 0. */
    int seen;
    /** uc_link of the context it runs in. */
    long link;
    /** The system call that the LWP is leaving, while nothing has interrupted it on its way, or null; how it ended. */
    SyscallDescriptor leaving;
    int leavingError;
    /** How many signals it took (ru_nsignals). */
    long taken;
    private List<Interruption> interruptions = List.of();

    /** Notes which call the LWP is leaving, and its error; null when it has left. For the frames of its signals. */
    public void leaving(SyscallDescriptor call, int error) {
        leaving = call;
        leavingError = error;
    }

    /** Blocked signals, bit signo - 1. */
    public long mask() {
        return mask;
    }

    /** Signals that were sent to this LWP and not taken yet. */
    public PendingSignals pending() {
        return pending;
    }

    /** The alternate stack. */
    public SignalStack stack() {
        return stack;
    }

    /** Signals that it waits for in sigtimedwait, bit signo - 1. */
    public long waitSet() {
        return waitSet;
    }

    /** The frames of the handlers it is in, outermost first. */
    public List<SignalFrame> frames() {
        return interruptions.stream().map(Interruption::frame).toList();
    }

    /** Sets the mask; what cannot be blocked is left out. */
    void mask(long next) {
        mask = Signal.maskable(next);
    }

    /** Adds a signal that a tracer lets pass. */
    void putSeen(SignalInfo info) {
        pending.put(info);
        seen = info.signo();
    }

    Interruption interruption(int index) {
        return interruptions.get(index);
    }

    void push(Interruption interruption) {
        if (interruptions.isEmpty()) {
            interruptions = new ArrayList<>();
        }
        interruptions.add(interruption);
    }

    /** Forgets all interruptions but the first ones. */
    void cut(int length) {
        if (length < interruptions.size()) {
            interruptions.subList(length, interruptions.size()).clear();
        }
    }

    int depth() {
        return interruptions.size();
    }
}
