// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.TreeMap;

/**
 * What every user is charged with: processes (chgproccnt), and LWPs beyond the first of each process (chglwpcnt).
 */
final class UserCounts {
    private final TreeMap<Integer, Charge> charges = new TreeMap<>();
    private int leaked;

    private static final class Charge {
        private int processes;
        private int threads;
    }

    private Charge of(int uid) {
        return charges.computeIfAbsent(uid, u -> new Charge());
    }

    /** Adds a process and returns how many there are now. */
    int addProcess(int uid) {
        return ++of(uid).processes;
    }

    void removeProcess(int uid) {
        of(uid).processes--;
    }

    int processes(int uid) {
        Charge charge = charges.get(uid);
        return charge == null ? 0 : charge.processes;
    }

    /** Adds an LWP of a process, charged to a user, and returns how many that user has now. */
    int addThread(Proc p, int uid) {
        p.chargedThreads++;
        return ++of(uid).threads;
    }

    void removeThread(Proc p, int uid) {
        p.chargedThreads--;
        of(uid).threads--;
    }

    int threads(int uid) {
        Charge charge = charges.get(uid);
        return charge == null ? 0 : charge.threads;
    }

    /** Says that one LWP of a process that was added will never be removed. */
    void leak(Proc p) {
        p.chargedThreads--;
        leaked++;
    }

    /** A process and its LWPs go from one user to another. */
    void move(Proc p, int from, int to) {
        removeProcess(from);
        addProcess(to);
        of(from).threads -= p.chargedThreads;
        of(to).threads += p.chargedThreads;
    }

    /** The LWPs of all users, without those that leaked. */
    int totalThreads() {
        int total = -leaked;
        for (Charge charge : charges.values()) {
            total += charge.threads;
        }
        return total;
    }

    /** The processes of all users. */
    int totalProcesses() {
        int total = 0;
        for (Charge charge : charges.values()) {
            total += charge.processes;
        }
        return total;
    }
}
