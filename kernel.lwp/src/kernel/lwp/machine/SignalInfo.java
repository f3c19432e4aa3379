// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A decoded {@code siginfo_t} (sys/siginfo.h 1.22): what a signal is about, the same on every machine.
 *
 * <p>Which fields mean something depends on who sent it: {@link #pid} and {@link #uid} for a signal of a process,
 * these and {@link #status} for SIGCHLD, {@link #address} and {@link #trap} for a fault. Immutable.
 *
 * @param signo the signal
 * @param code why: an SI_ code, or one of the signal's own
 * @param pid who sent it, or the child
 * @param uid effective user id of the sender, or the child's real one
 * @param status exit status or signal of a child, as {@code wait4} gives it
 * @param address where a fault happened
 * @param trap the machine's number of the trap, 0 if there is none
 */
@ProviderType
public record SignalInfo(int signo, int code, int pid, int uid, int status, long address, int trap) {
    /** Sent by {@code kill}. */
    public static final int SI_USER = 0;

    /** Sent by {@code _lwp_kill}. */
    public static final int SI_LWP = -5;

    /** Sent by the kernel with nothing more to say. */
    public static final int SI_NOINFO = 32767;

    /** A signal of which only the number is known. */
    public static SignalInfo unknown(int signo) {
        return new SignalInfo(signo, SI_NOINFO, 0, 0, 0, 0, 0);
    }

    /** A signal that a process sent. */
    public static SignalInfo sent(int signo, int code, int pid, int uid) {
        return new SignalInfo(signo, code, pid, uid, 0, 0, 0);
    }

    /** A signal for a fault. */
    public static SignalInfo fault(int signo, int code, long address) {
        return new SignalInfo(signo, code, 0, 0, 0, address, 0);
    }

    /** SIGCHLD. */
    public static SignalInfo child(int signo, int code, int pid, int uid, int status) {
        return new SignalInfo(signo, code, pid, uid, status, 0, 0);
    }
}
