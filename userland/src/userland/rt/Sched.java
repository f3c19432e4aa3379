// SPDX-License-Identifier: BSD-2-Clause
package userland.rt;

import userland.program.User;

/**
 * The scheduling functions of POSIX (sched.c of librt): a process's class and priority.
 *
 * <p>A pid of 0 is the caller's process. Results are as in C: -1 with {@link User#errno()} on failure.
 */
public final class Sched {
    /** SCHED_OTHER. */
    public static final int OTHER = 0;
    /** SCHED_FIFO. */
    public static final int FIFO = 1;
    /** SCHED_RR. */
    public static final int RR = 2;
    /** PRI_NONE: the only priority of SCHED_OTHER. */
    public static final int PRI_NONE = -1;

    private static final int PRI_MIN = 0;
    private static final int PRI_MAX = 63;
    private static final int ALL_LWPS = 0;
    private static final int ANY_LWP = 0;
    private static final int POLICY_NONE = -1;
    private static final int BYTES = 16;
    private static final int POLICY = 8;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private Sched() {
    }

    /** sched_setscheduler: sets both; the class before, or -1. */
    public static int setScheduler(User user, int pid, int policy, int priority) {
        int before = getScheduler(user, pid);
        return before == -1 || set(user, pid, policy, priority) == -1 ? -1 : before;
    }

    /** sched_getscheduler: the class, or -1. */
    public static int getScheduler(User user, int pid) {
        long place = get(user, pid);
        return place == 0 ? -1 : user.load32(place + POLICY);
    }

    /** sched_setparam: sets the priority: 0 or -1. */
    public static int setParam(User user, int pid, int priority) {
        return set(user, pid, POLICY_NONE, priority);
    }

    /**
     * sched_getparam.
     *
     * @param param where to store the 32-bit priority
     */
    public static int getParam(User user, int pid, long param) {
        long place = get(user, pid);
        if (place == 0) {
            return -1;
        }
        user.store32(param, user.load32(place));
        return 0;
    }

    /** sched_get_priority_max of a class; {@link #PRI_NONE} for SCHED_OTHER and for what is no class. */
    public static int priorityMax(int policy) {
        return policy == FIFO || policy == RR ? PRI_MAX : PRI_NONE;
    }

    /** sched_get_priority_min of a class, likewise. */
    public static int priorityMin(int policy) {
        return policy == FIFO || policy == RR ? PRI_MIN : PRI_NONE;
    }

    /** sched_rr_get_interval: the quantum of SCHED_RR in nanoseconds, or -1 when there is no such process. */
    public static long roundRobinInterval(User user, int pid) {
        if (pid != 0 && user.kill(pid, 0) == -1) {
            return -1;
        }
        long millis = user.sysctl("kern.sched.rtts");
        return millis == -1 ? -1 : millis * NANOS_PER_MILLI;
    }

    private static int set(User user, int pid, int policy, int priority) {
        long place = user.allocate(BYTES);
        user.store32(place, priority);
        return (int) user.syscall("_sched_setparam", pid, ALL_LWPS, policy, place);
    }

    /** Where priority and class are, or 0. */
    private static long get(User user, int pid) {
        long place = user.allocate(BYTES);
        return user.syscall("_sched_getparam", pid, ANY_LWP, place + POLICY, place) == -1 ? 0 : place;
    }
}
