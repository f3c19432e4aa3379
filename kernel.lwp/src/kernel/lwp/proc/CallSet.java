// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.revision.LwpRevision;

/**
 * The system calls, and arguments of them, that only some revisions have, as bits.
 *
 * <p>A process keeps those of the revision it started under, as its emulation (p_emul) does in the original, so
 * that swapping the revision never takes a call away from a running program.
 */
public final class CallSet {
    /** {@code ___lwp_park50}. */
    public static final long PARK50 = 1;

    /** {@code ___lwp_park60}. */
    public static final long PARK60 = 2;

    /** {@code _lwp_gettid}. */
    public static final long GETTID = 4;

    /** {@code _sched_protect}. */
    public static final long SCHED_PROTECT = 8;

    /** {@code sa_register} and {@code sa_enable}. */
    public static final long ACTIVATIONS = 16;

    /** RLIMIT_NTHR, in {@code getrlimit} and {@code setrlimit}. */
    public static final long THREAD_LIMIT = 32;

    private CallSet() {
    }

    /** The calls a revision has. */
    static long of(LwpRevision revision) {
        return (revision.provides("___lwp_park50") ? PARK50 : 0)
                | (revision.provides("___lwp_park60") ? PARK60 : 0)
                | (revision.provides("_lwp_gettid") ? GETTID : 0)
                | (revision.provides("_sched_protect") ? SCHED_PROTECT : 0)
                | (revision.provides("sa_register") ? ACTIVATIONS : 0)
                | (revision.limitsThreads() ? THREAD_LIMIT : 0);
    }

    /** Whether a process may make a call. */
    public static boolean has(Proc p, long call) {
        return ((p.keptCalls | p.processes().activeCalls()) & call) != 0;
    }

    /** Whether a call is of the revision under which a process started. */
    public static boolean startedWith(Proc p, long call) {
        return (p.keptCalls & call) != 0;
    }
}
