// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.Priority;
import kernel.sched.task.Task;
import kernel.vm.map.VmSpace;
import kernel.vm.map.VmSpaces;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmTunables;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import machine.core.cost.Cost;

/**
 * The daemon that holds processes to their RLIMIT_RSS and swaps idle ones out, while memory is short ({@code vm_daemon}
 * of FreeBSD {@code sys/vm/vm_pageout.c}, and {@code swapout_procs} of {@code vm_glue.c}, early 2006).
 *
 * <p>DEVIATION: made when there is something for it to do for the first time, as the page daemon is. A process that is
 * swapped out loses its pages; there are no kernel stacks here to go with them, and it comes back by faulting.
 */
final class VmDaemon extends Task {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final VmContext context;
    private final Dispatcher dispatcher;
    private final ResidentTrim trim;
    private final long channel;
    private VmSpaces spaces;
    private Idleness idleness = Idleness.UNKNOWN;
    private boolean made;
    private boolean needed;
    private long lastRequest = Long.MIN_VALUE;

    VmDaemon(VmContext context, Dispatcher dispatcher, PageoutPort port) {
        this.context = context;
        this.dispatcher = dispatcher;
        trim = new ResidentTrim(context, port);
        channel = context.waits().newChannel();
        setSystem(true);
        setPriority(Priority.KERNEL);
    }

    @Override
    public int pid() {
        return 0;
    }

    @Override
    public int lid() {
        return 2;
    }

    @Override
    public String label() {
        return "vmdaemon";
    }

    void spaces(VmSpaces all) {
        spaces = all;
    }

    void idleness(Idleness next) {
        idleness = next;
    }

    /** {@code vm_req_vmdaemon}: at most once a second, and only if some process has too much. */
    void request() {
        long now = dispatcher.tick();
        boolean lately = lastRequest != Long.MIN_VALUE && now - lastRequest < Dispatcher.HZ;
        if (lately || !context.waits().canSleep() || !somethingToDo()) {
            return;
        }
        lastRequest = now;
        needed = true;
        if (made) {
            context.waits().wake(channel);
        } else {
            made = true;
            dispatcher.register(this, null, this::run);
            dispatcher.setRunnable(this);
        }
    }

    private boolean somethingToDo() {
        for (VmSpace space = spaces.first(); space != null; space = space.next()) {
            if (space.pmap().residentCount() > most(space)) {
                return true;
            }
        }
        return false;
    }

    /** How many pages a space may have in memory now. */
    private long most(VmSpace space) {
        VmTunables tunables = context.tunables();
        long idle = tunables.swapsOut() ? idleness.idleNanos(space) : 0;
        if (idle > tunables.swapIdleSeconds() * NANOS_PER_SECOND) {
            return 0;
        }
        return space.limits().residentLimitBytes() >> PagePool.PAGE_SHIFT;
    }

    /** The code of the LWP; never returns. */
    private void run() {
        while (true) {
            context.waits().await(channel, "psleep", () -> !needed);
            needed = false;
            int id = 0;
            for (VmSpace space = after(id); space != null; space = after(id)) {
                id = space.id();
                hold(space);
                context.engine().current().charge(trim.takeLooks() * context.costs().nanos(Cost.LOCK));
                context.engine().current().interleave();
            }
        }
    }

    /** The space that was made next; any may have gone meanwhile. */
    private VmSpace after(int id) {
        VmSpace space = spaces.first();
        while (space != null && space.id() <= id) {
            space = space.next();
        }
        return space;
    }

    /** Whoever changes the map is left alone. */
    private void hold(VmSpace space) {
        long most = most(space);
        if (space.pmap().residentCount() <= most || !space.map().tryLock()) {
            return;
        }
        int before = space.pmap().residentCount();
        if (most == 0) {
            trim.empty(space);
            context.counters().count(VmCounter.SWAP_OUTS);
        } else {
            trim.trim(space, most);
        }
        context.counters().count(VmCounter.RSS_TRIMS, before - space.pmap().residentCount());
        space.map().unlock();
    }
}
