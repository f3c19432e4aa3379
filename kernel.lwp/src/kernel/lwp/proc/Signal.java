// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

/** Signal numbers and what they do when nothing catches them (sys/signal.h, kern_sig.c). */
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
    public static final int SIGWINCH = 28;
    public static final int SIGINFO = 29;
    public static final int SIGUSR1 = 30;
    public static final int SIGUSR2 = 31;
    public static final int SIGPWR = 32;

    /** Signals are 1 to NSIG - 1. */
    public static final int NSIG = 64;

    private static final String[] NAMES = {
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "EMT", "FPE", "KILL", "BUS", "SEGV", "SYS", "PIPE", "ALRM",
        "TERM", "URG", "STOP", "TSTP", "CONT", "CHLD", "TTIN", "TTOU", "IO", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH",
        "INFO", "USR1", "USR2", "PWR"
    };

    private static final long DISCARDED =
            bit(SIGURG) | bit(SIGCONT) | bit(SIGCHLD) | bit(SIGIO) | bit(SIGWINCH) | bit(SIGINFO) | bit(SIGPWR);
    private static final long STOPPING = bit(SIGSTOP) | bit(SIGTSTP) | bit(SIGTTIN) | bit(SIGTTOU);
    private static final long UNMASKABLE = bit(SIGKILL) | bit(SIGSTOP);

    private Signal() {
    }

    /** The mask bit of a signal. */
    public static long bit(int signo) {
        return 1L << (signo - 1);
    }

    /** The name with SIG, such as {@code SIGSEGV}; {@code SIGRT} and a number for real-time signals. */
    public static String name(int signo) {
        return signo > 0 && signo < NAMES.length ? "SIG" + NAMES[signo] : "SIGRT" + (signo - NAMES.length);
    }

    /** Whether the default action is to do nothing. */
    static boolean discarded(int signo) {
        return (DISCARDED & bit(signo)) != 0;
    }

    /** Whether the default action is to stop the process. */
    static boolean stopping(int signo) {
        return (STOPPING & bit(signo)) != 0;
    }

    /** A mask without the signals that cannot be blocked. */
    static long maskable(long mask) {
        return mask & ~UNMASKABLE;
    }

    /** Whether the signal goes to all LWPs whatever LWP it is sent to. */
    static boolean wholeProcess(int signo) {
        return signo == SIGKILL || signo == SIGCONT || stopping(signo);
    }
}
