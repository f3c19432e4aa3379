// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Lwp;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.TaskState;

/** An LWP that runs in user mode and does what it is told, one thing at a time. */
final class Actor {
    private static final long POLL_NANOS = 100_000;

    private final String name;
    private Lwp lwp;
    private boolean ran;
    private Function<User, String> order;
    private boolean busy;
    private String outcome = "";
    private long tickCount;
    private final List<String> handled = new ArrayList<>();

    Actor(String name) {
        this.name = name;
    }

    /** Says which LWP it is, when that is known before it runs. */
    void is(Lwp created) {
        lwp = created;
    }

    Lwp lwp() {
        if (lwp == null) {
            throw new IllegalArgumentException("there is no LWP " + name);
        }
        return lwp;
    }

    boolean known() {
        return lwp != null;
    }

    boolean ran() {
        return ran;
    }

    boolean busy() {
        return busy;
    }

    /** How many clock ticks passed between the start and the end of what it did last. */
    long ticks() {
        return tickCount;
    }

    /** Notes a signal that one of its handlers took. */
    void handled(String signal) {
        handled.add(signal);
    }

    /** The signals that its handlers took. */
    List<String> handled() {
        return handled;
    }

    /** Tells it what to do next; the function gives the outcome. */
    void order(Function<User, String> next) {
        if (busy) {
            throw new IllegalArgumentException(name + " has not finished what it did last: " + outcome());
        }
        order = next;
        busy = true;
    }

    /** Its user code. */
    void live(User user) {
        lwp = user.lwp();
        ran = true;
        for (;;) {
            if (order == null) {
                user.compute(POLL_NANOS);
            } else {
                Function<User, String> now = order;
                order = null;
                long begin = tick(user);
                outcome = now.apply(user);
                tickCount = tick(user) - begin;
                busy = false;
            }
        }
    }

    private static long tick(User user) {
        return user.lwp().proc().processes().engine().nowNanos() / Dispatcher.TICK_NANOS;
    }

    /** Whether it is off the CPU or gone, so that waiting for what it does next may be in vain. */
    boolean stuck() {
        return gone() || lwp.state() != TaskState.LSONPROC && lwp.state() != TaskState.LSRUN;
    }

    private boolean gone() {
        return lwp().proc().anyLwp(lwp.lid()) != lwp || lwp.state() == TaskState.LSZOMB;
    }

    /** What came of its last order, or what it does meanwhile. */
    String outcome() {
        if (!busy) {
            return outcome;
        }
        if (gone()) {
            return "exits";
        }
        return switch (lwp.state()) {
            case LSSLEEP -> "asleep";
            case LSSUSPENDED -> "suspended";
            case LSSTOP -> "stopped";
            default -> "runs";
        };
    }

    /** Its state as the kernel calls it, or {@code gone}. */
    String state() {
        return lwp().proc().anyLwp(lwp.lid()) == lwp ? lwp.state().name() : "gone";
    }
}
