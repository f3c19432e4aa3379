// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.signal;

import org.osgi.annotation.versioning.ProviderType;

/** Signal numbers and what they do when nothing catches them (sys/signal.h, kern_sig.c). */
@ProviderType
public final class Signal {
    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGQUIT = 3;
    public static final int SIGILL = 4;
    public static final int SIGTRAP = 5;
    public static final int SIGABRT = 6;
    public static final int SIGEMT = 7;
    public static final int SIGFPE = 8;
    public static final int SIGKILL = 9;
    public static final int SIGBUS = 10;
    public static final int SIGSEGV = 11;
    public static final int SIGSYS = 12;
    public static final int SIGPIPE = 13;
    public static final int SIGALRM = 14;
    public static final int SIGTERM = 15;
    public static final int SIGURG = 16;
    public static final int SIGSTOP = 17;
    public static final int SIGTSTP = 18;
    public static final int SIGCONT = 19;
    public static final int SIGCHLD = 20;
    public static final int SIGTTIN = 21;
    public static final int SIGTTOU = 22;
    public static final int SIGIO = 23;
    public static final int SIGXCPU = 24;
    public static final int SIGXFSZ = 25;
    public static final int SIGVTALRM = 26;
    public static final int SIGPROF = 27;
    public static final int SIGWINCH = 28;
    public static final int SIGINFO = 29;
    public static final int SIGUSR1 = 30;
    public static final int SIGUSR2 = 31;
    public static final int SIGPWR = 32;

    /** The first real-time signal: from it on, signals queue. */
    public static final int SIGRTMIN = 33;

    /** Signals are 1 to NSIG - 1. */
    public static final int NSIG = 64;

    private static final String[] NAMES = {
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "EMT", "FPE", "KILL", "BUS", "SEGV", "SYS", "PIPE", "ALRM",
        "TERM", "URG", "STOP", "TSTP", "CONT", "CHLD", "TTIN", "TTOU", "IO", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH",
        "INFO", "USR1", "USR2", "PWR"
    };

    private static final long DISCARDED =
            bit(SIGURG) | bit(SIGCONT) | bit(SIGCHLD) | bit(SIGIO) | bit(SIGWINCH) | bit(SIGINFO) | bit(SIGPWR);
    private static final long TTY_STOPPING = bit(SIGTSTP) | bit(SIGTTIN) | bit(SIGTTOU);
    private static final long STOPPING = bit(SIGSTOP) | TTY_STOPPING;
    private static final long DUMPING = bit(SIGQUIT) | bit(SIGILL) | bit(SIGTRAP) | bit(SIGABRT) | bit(SIGEMT)
            | bit(SIGFPE) | bit(SIGBUS) | bit(SIGSEGV) | bit(SIGSYS);
    private static final long UNMASKABLE = bit(SIGKILL) | bit(SIGSTOP);

    private Signal() {
    }

    /** The mask bit of a signal. */
    public static long bit(int signo) {
        return 1L << (signo - 1);
    }

    /** The lowest signal of a set that is not empty. */
    public static int first(long set) {
        return Long.numberOfTrailingZeros(set) + 1;
    }

    /** Whether the number is that of a signal. */
    public static boolean valid(int signo) {
        return signo > 0 && signo < NSIG;
    }

    /** The name with SIG, such as {@code SIGSEGV}; {@code SIGRT} and a number for real-time signals. */
    public static String name(int signo) {
        return signo > 0 && signo < NAMES.length ? "SIG" + NAMES[signo] : "SIGRT" + (signo - NAMES.length);
    }

    /** Whether the default action is to do nothing (SA_IGNORE). */
    public static boolean discarded(int signo) {
        return (DISCARDED & bit(signo)) != 0;
    }

    /** Whether the default action is to stop the process (SA_STOP). */
    public static boolean stopping(int signo) {
        return (STOPPING & bit(signo)) != 0;
    }

    /** Whether it is a stop from the terminal, which orphaned process groups do not take (SA_TTYSTOP). */
    public static boolean ttyStopping(int signo) {
        return (TTY_STOPPING & bit(signo)) != 0;
    }

    /** The signals that stop. */
    public static long stoppingSet() {
        return STOPPING;
    }

    /** Whether the default action is to end the process (SA_KILL). */
    public static boolean killing(int signo) {
        return ((DISCARDED | STOPPING) & bit(signo)) == 0;
    }

    /** Whether ending the process comes with a core dump (SA_CORE). */
    public static boolean dumping(int signo) {
        return (DUMPING & bit(signo)) != 0;
    }

    /** Whether it can be neither blocked, caught nor ignored (SA_CANTMASK). */
    public static boolean unmaskable(int signo) {
        return (UNMASKABLE & bit(signo)) != 0;
    }

    /** A mask without the signals that cannot be blocked. */
    public static long maskable(long mask) {
        return mask & ~UNMASKABLE;
    }

    /**
     * Whether the signal goes to all LWPs whatever LWP it is sent to (SA_TOALL).
     *
     * <p>DEVIATION: the list is believed to be SIGKILL, SIGCONT and those that stop; it was not seen in the original.
     */
    public static boolean wholeProcess(int signo) {
        return signo == SIGKILL || signo == SIGCONT || stopping(signo);
    }
}
