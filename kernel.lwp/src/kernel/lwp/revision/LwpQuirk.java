// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import java.util.Arrays;
import java.util.List;
import kernel.sched.quirk.NamedQuirk;

/**
 * Documented defects of the LWP revisions and of the kernel around them.
 *
 * <p>What the revisions decide differently on purpose is no quirk. A quirk that no revision has reproduces a mistake
 * that was made between them, or next to them.
 */
public enum LwpQuirk implements NamedQuirk {
    /** The sleeper finds its callout fired and takes the wake-up for a timeout (kern_sleepq.c 1.50). */
    TIMEOUT_BEATS_WAKE("L1", "a sleeper that is woken just before its timeout is told that it timed out", "1.47"),
    /** Off, the call gives ESRCH after it has tried all, as later. */
    UNPARK_ALL_SKIPS_MISSING("L2", "_lwp_unpark_all succeeds although LWPs are missing", "1.47"),
    /** The tree has embryos and zombies in it; off, they are missing: ESRCH. */
    UNPARK_FINDS_ZOMBIES("L3", "unparking a zombie or an LWP not started yet succeeds", "1.76.2.1"),
    /** Off, bad nanoseconds and an overflow are EINVAL before anything else. */
    ABSOLUTE_TIME_UNCHECKED("L4", "an absolute park checks its time only after now is subtracted", "1.76.2.1"),
    /** The loop of the call sleeps before it tests; off, it tests first. */
    SUSPEND_SLEEPS_FIRST("L5", "_lwp_suspend of an LWP that is suspended already blocks", Shipped.ALL),
    /** Off, the caller goes to the user boundary at once and is suspended there. */
    SELF_SUSPEND_SLEEPS("L6", "_lwp_suspend of the caller sleeps in the call instead of being suspended", Shipped.ALL),
    /** Off, the continue wakes those that wait for the suspension. */
    CONTINUE_FORGETS_SUSPENDER("L7",
            "_lwp_continue before the target is suspended leaves its suspender asleep", Shipped.ALL),
    /** Off, the signal's SA_RESTART decides. */
    SUSPEND_ALWAYS_RESTARTS("L8", "_lwp_suspend starts again after every signal", Shipped.ALL),
    /** Off, another LWP under the same id means that the target is gone: ESRCH. */
    SUSPEND_KEEPS_OLD_TARGET("L9", "_lwp_suspend waits for its first target although another LWP has the id now",
            Shipped.ALL),
    /** LW_CANCELLED stays after the sleep it ended, and LW_UNPARKED comes with it; off, one sleep fails. */
    WAKEUP_COUNTS_TWICE("L10", "one _lwp_wakeup ends a sleep and the next park", Shipped.ALL),
    /** Off, the unpark is taken first: EALREADY. */
    EXPIRED_PARK_KEEPS_UNPARK("L11", "a park whose time is past leaves a pending unpark for the next one", Shipped.ALL),
    /** Off, bad nanoseconds are found before anybody is woken. */
    UNPARK_BEFORE_TIME_CHECK("L12", "a park with a bad time unparks its target before it fails", Shipped.ALL),
    /** The timer may fire later than asked for; off, nothing is left then. */
    REMAINING_TIME_NEGATIVE("L13", "the time left that a park stores may be negative", "1.76.2.1", "1.84"),
    /** Off, the whole number counts: EINVAL. */
    COUNT_NARROWED("L14", "_lwp_unpark_all takes the low 32 bits of its count", Shipped.ALL),
    /** Off, an id counts once in a call. */
    DUPLICATE_UNPARK_PENDS("L15", "an id that _lwp_unpark_all gets twice is woken and has an unpark pending",
            Shipped.ALL),
    /** Only waits of two for each other, and of everybody, are found; off, every cycle is EDEADLK. */
    WAIT_CYCLE_UNSEEN("L16", "_lwp_wait sleeps for ever in a cycle of three while another LWP lives", Shipped.ALL),
    /** Off, the address is tried before the wait. */
    WAIT_RESULT_LOST("L17", "_lwp_wait collects an LWP and then fails to store its id", Shipped.ALL),
    /** Off, the error is returned and the pointer is as before. */
    PRIVATE_ERROR_IGNORED("L18", "_lwp_setprivate succeeds with a pointer that the machine rejects", "1.47"),
    /** Off, the pointer is as before. */
    PRIVATE_NOT_ROLLED_BACK("L19", "_lwp_setprivate keeps the pointer that it failed with", "1.76.2.1", "1.84"),
    /** Off, the count is given back. */
    THREAD_COUNT_LEAKS("L20", "a failed _lwp_create without a free id counts against RLIMIT_NTHR for ever",
            "1.76.2.1", "1.84"),
    /** Off, it starts at 0. */
    BLOCK_KEEPS_COUNT("L21", "a control block that is used again goes on with the old count", Shipped.ALL),
    /** sigpost of kern_sig.c 1.320 passes over suspended LWPs; off, they go on, and so to their end. */
    KILL_LEAVES_SUSPENDED("L22", "SIGKILL wakes no suspended LWP: a process of nothing else lives on", Shipped.ALL),
    /** The last switch of an LWP writes LWPCTL_CPU_NONE over LWPCTL_CPU_EXITED. */
    EXIT_MARK_OVERWRITTEN("L23", "the control block of an LWP that exited says that it is on no CPU"),
    /** As in 2015: the LWP may run before its creator knows it, and runs although the call fails. */
    START_BEFORE_ID_STORED("L24", "_lwp_create starts the LWP before it stores the id"),
    /** sleepq_transfer of kern_sleepq.c 1.71; nothing here calls it but what a plug-in may add. */
    TRANSFER_DROPS_FLAGS("L25", "moving a sleeper to another queue clears its flags", "1.84"),
    /** As in 2015: setuid may come in between; off, it is charged to the user that its end will be taken from. */
    THREAD_CHARGED_TO_CREATOR("L26", "an LWP that is created while its process changes users is charged to the old one");

    /** Names of all shipped revisions; a class of its own, because constants cannot use fields of their enum. */
    private static final class Shipped {
        static final String ALL = "1.47 1.76.2.1 1.84";
    }

    private final String id;
    private final String description;
    private final List<String> revisions;

    LwpQuirk(String id, String description, String... revisions) {
        this.id = id;
        this.description = description;
        this.revisions = Arrays.stream(revisions).flatMap(names -> Arrays.stream(names.split(" "))).toList();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> variants() {
        return revisions;
    }

    /** The quirks of a shipped revision; none for another. */
    public static List<LwpQuirk> of(String revision) {
        return Arrays.stream(values()).filter(quirk -> quirk.revisions.contains(revision)).toList();
    }
}
