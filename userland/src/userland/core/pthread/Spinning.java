// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.BLOCKING;
import static userland.core.pthread.Descriptor.CONTROL;

import userland.program.User;

/** Spinning for an owner that runs: what control blocks and descriptors say about other threads. */
final class Spinning {
    private static final int CURCPU_NONE = -1;
    private static final int CURCPU_EXITED = -2;
    private static final int SPIN_FIRST = 2;
    private static final int SPIN_MOST = 128;
    /** What one pause instruction takes. */
    private static final long PAUSE_NANOS = 10;

    private Spinning() {
    }

    /**
     * Spins while the owner runs on a CPU, and returns the last owner word seen (pthread__mutex_spin).
     *
     * <p>DEVIATION: the original takes an owner that has exited for a running one and spins for ever, and in 2009 so does
     * a thread on a mutex of its own; here both park, so that the deadlock shows.
     */
    static long await(User user, long self, long mutex, long seen) {
        long ownerWord = seen;
        int pauses = SPIN_FIRST;
        while (MutexBase.owner(ownerWord) != 0 && MutexBase.owner(ownerWord) != self && running(user, MutexBase.owner(ownerWord))) {
            pauses = Math.min(SPIN_MOST, 2 * pauses);
            user.compute(pauses * PAUSE_NANOS);
            ownerWord = user.load64(mutex + MutexBase.OWNER);
        }
        return ownerWord;
    }

    /** Whether a thread is on a CPU right now and not about to leave it. */
    static boolean running(User user, long thread) {
        long control = user.load64(thread + CONTROL);
        if (control == 0) {
            return false;
        }
        int cpu = user.load32(control);
        return cpu != CURCPU_NONE && cpu != CURCPU_EXITED && user.load32(thread + BLOCKING) == 0;
    }

    static void blocking(User user, long self, int delta) {
        user.store32(self + BLOCKING, user.load32(self + BLOCKING) + delta);
    }
}
