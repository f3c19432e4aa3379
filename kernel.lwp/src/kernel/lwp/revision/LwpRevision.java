// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import java.util.Collection;
import java.util.List;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One revision of {@code sys_lwp.c} and of the kernel around it: what fills the slot {@code lwp}.
 *
 * <p>Registered as a prototype-scope service of this type with {@code kernel.slot=lwp} and
 * {@code kernel.variant=<name>}; every kernel gets an instance of its own.
 *
 * <p>The core owns the control flow of every call: it copies in and out, takes the process lock, blocks, and asks
 * the revision to decide and to keep its park queue. So no method here blocks, interleaves, touches user memory
 * or throws for a legal state, and no frame of a revision is on a stack while an LWP sleeps or another CPU runs.
 * After every such point the core asks the then current revision. All methods run on the engine thread.
 *
 * <p>"Process locked" means that the calling LWP holds {@code p.lock()}.
 */
@ConsumerType
public interface LwpRevision {
    /** {@link #unpark}: the process lock is needed to decide. */
    int UNPARK_NEEDS_LOCK = -1;

    /** {@link #scan}: a zombie was found and is in the scan. */
    int WAIT_REAP = 0;

    /** {@link #scan}: nothing to collect yet, sleep and scan again. */
    int WAIT_SLEEP = -1;

    /** The variant name, such as {@code 1.84}. */
    String name();

    /** The rules of sleeping and scheduling around this revision; constant. */
    Generation generation();

    /** The documented defects it has unless told otherwise; constant. Those of the shipped revision of this name. */
    default Collection<LwpQuirk> quirks() {
        return LwpQuirk.of(name());
    }

    /**
     * Binds the instance to its kernel; called once, before any other method that takes an LWP or process.
     *
     * @param host the core's side, valid as long as the revision is active
     */
    void attach(LwpRevisionHost host);

    /**
     * Whether this revision has a system call of the LWP family.
     *
     * @param call the name, such as {@code ___lwp_park60}
     */
    boolean provides(String call);

    // Ids

    /**
     * Chooses the id of a new LWP; process locked, or the process has no LWP yet.
     *
     * @return an id that no LWP of the process has, or 0 when there is none left (EAGAIN)
     */
    int allocateLid(Proc p);

    /** Whether the LWPs of a traced process report that they were created and exit. */
    default boolean reportsLwpEvents() {
        return generation() != Generation.V2009;
    }

    // Scheduler activations

    /**
     * Whether it has scheduler activations (KERN_SA); constant. Only then are the barriers asked, and only then does
     * {@code _lwp_create} lock the process before it reads its arguments.
     */
    default boolean activations() {
        return false;
    }

    /**
     * Whether {@code _lwp_create} is barred because the process uses scheduler activations; process locked.
     *
     * @return 0 or EINVAL
     */
    default int creationBarrier(Proc p) {
        return 0;
    }

    /**
     * The same for {@code _lwp_suspend}; process locked.
     *
     * @return 0 or EINVAL
     */
    default int suspensionBarrier(Proc p) {
        return 0;
    }

    // Creation

    /** Whether a new LWP's context is checked, and its signal mask taken from it if it has one. */
    boolean validatesContext();

    /**
     * Checks a context that was copied in; only asked when {@link #validatesContext()}.
     *
     * @return 0 or EINVAL
     */
    int checkContext(UserContext context, byte[] bytes, UserContextCodec codec, UserRegisters current);

    /** Whether RLIMIT_NTHR bounds the LWPs of a user. */
    boolean limitsThreads();

    /** Whether an LWP that has not started yet (LSIDL) counts in p_nrlwps. */
    boolean countsEmbryos();

    /**
     * Starts a new LWP after its id was stored; process locked, state LSIDL.
     *
     * <p>Ends with exactly one of the host's {@code startRunnable} and {@code startSuspended}.
     *
     * @param flags the flags of {@code _lwp_create}
     */
    void start(Lwp creator, Lwp child, int flags);

    // Wait

    /**
     * Looks for an LWP to collect, one turn of lwp_wait; process locked.
     *
     * @return {@link #WAIT_REAP}, {@link #WAIT_SLEEP} or an errno
     */
    int scan(WaitScan scan);

    // Park

    /** The kind of object a parked LWP waits for; one instance for the life of the revision. */
    SyncObject parkObject();

    /**
     * Converts the timeout of a park into ticks.
     *
     * @return 0 with {@code request.ticks} set, or EINVAL, ETIMEDOUT, ESRCH
     */
    int parkTimeout(ParkRequest request);

    /**
     * Where an LWP parks on a hint, or null for no queue at all.
     *
     * <p>The core takes the lock of the queue (without one, that of the CPU) and then asks again, because taking
     * it may let other CPUs run.
     */
    SleepQueue parkQueue(Proc p, long hint);

    /** What an LWP that parks on a hint waits for; not 0. */
    long parkChannel(Lwp l, long hint);

    /**
     * Wakes a parked LWP or leaves an unpark pending, through {@code host.wake} and {@code host.leaveUnparked}.
     *
     * @param hint the hint of the caller, a shortcut at most
     * @param locked whether the process is locked
     * @return 0, ESRCH, or {@link #UNPARK_NEEDS_LOCK} (only if not {@code locked})
     */
    int unpark(Proc p, int lid, long hint, boolean locked);

    // Names

    /** How many bytes {@code _lwp_getname} copies out at most. */
    long nameBytes(long callerBytes);

    // Swap: at a safe point, nothing locked

    /** Takes a parked LWP out of this revision's queue without waking it; its hint is {@code l.parkHint()}. */
    void exportParked(Lwp l);

    /**
     * Puts an LWP that is parked already into this revision's queue, behind those imported before.
     *
     * <p>The core has set its wait channel and park object. Whoever parked first comes first if that is a FIFO
     * object, and last otherwise.
     */
    void importParked(Lwp l);

    /** Appends a text for each broken rule of the revision's own queue. */
    void check(List<String> broken);
}
