// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a process does about one signal: {@code struct sigaction} with its trampoline (sys/signal.h, signalvar.h).
 *
 * @param handler user address of the handler, {@link #SIG_DFL} or {@link #SIG_IGN}
 * @param mask what is blocked besides while the handler runs, bit signo - 1; the signal itself is in it unless
 *     {@link #SA_NODEFER}
 * @param flags SA_ bits
 * @param trampoline user address that the handler returns to
 */
@ProviderType
public record SignalAction(long handler, long mask, int flags, long trampoline) {
    /** Handler: the default action. */
    public static final long SIG_DFL = 0;
    /** Handler: ignore. */
    public static final long SIG_IGN = 1;

    /** Run the handler on the alternate stack. */
    public static final int SA_ONSTACK = 0x1;
    /** Restart the interrupted system call. */
    public static final int SA_RESTART = 0x2;
    /** Back to the default action before the handler runs. */
    public static final int SA_RESETHAND = 0x4;
    /** SIGCHLD: not for children that stop or go on. */
    public static final int SA_NOCLDSTOP = 0x8;
    /** Do not block the signal while its handler runs. */
    public static final int SA_NODEFER = 0x10;
    /** SIGCHLD: children leave no zombies. */
    public static final int SA_NOCLDWAIT = 0x20;
    /** The handler wants three arguments; it gets them anyway. */
    public static final int SA_SIGINFO = 0x40;
    /** No status line from the terminal driver. */
    public static final int SA_NOKERNINFO = 0x80;

    /** All flags there are. */
    public static final int SA_ALLBITS = 0xff;

    /** The default action. */
    public static final SignalAction DEFAULT = new SignalAction(SIG_DFL, 0, 0, 0);

    /** Whether a handler catches the signal. */
    public boolean caught() {
        return handler != SIG_DFL && handler != SIG_IGN;
    }

    /** Whether a flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
