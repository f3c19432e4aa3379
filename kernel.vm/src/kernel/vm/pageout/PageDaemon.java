// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.sched.dispatch.Dispatcher;
import kernel.sched.task.Priority;
import kernel.sched.task.Task;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmCounter;
import machine.core.cost.Cost;

/**
 * The page daemon: a kernel LWP that makes free pages before memory runs out ({@code vm_pageout} of FreeBSD
 * {@code sys/vm/vm_pageout.c}, early 2006).
 *
 * <p>DEVIATION: made when memory becomes short for the first time, so that kernels with enough of it run as without
 * it; there is no ageing every five seconds, which would keep an idle kernel from standing still. So it does not nap for
 * half a second, as the original does between the scans of a shortage, while writes are under way that it can wait for,
 * or while LWPs wait for memory and pages only have to age.
 */
final class PageDaemon extends Task {
    private static final int NAP_TICKS = Dispatcher.HZ / 2;

    private final VmContext context;
    private final Pageout pageout;
    private final long channel;
    private boolean needed;
    private int pass;

    PageDaemon(VmContext context, Pageout pageout) {
        this.context = context;
        this.pageout = pageout;
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
        return 1;
    }

    @Override
    public String label() {
        return "pagedaemon";
    }

    /** {@code pagedaemon_wakeup}: neither blocks nor interleaves. */
    void need() {
        if (!needed) {
            needed = true;
            context.waits().wake(channel);
        }
    }

    /** The code of the LWP; never returns. */
    void run() {
        while (true) {
            rest();
            context.counters().count(VmCounter.DAEMON_WAKEUPS);
            int looks = pageout.daemonScan(pass);
            context.engine().current().charge(looks * context.costs().nanos(Cost.LOCK));
            context.engine().current().interleave();
        }
    }

    private void rest() {
        PagePool pool = context.pages();
        if (needed && !pool.belowMin()) {
            needed = pool.pagingNeeded();
            pageout.wakeWaiters();
        }
        Laundry laundry = pageout.laundry();
        if (!needed) {
            pass = pass > 1 ? 1 : 0;
            context.waits().await(channel, "psleep", () -> !needed);
        } else if (!laundry.ready()) {
            pass = Math.max(pass, 1);
            context.waits().sleepOnce(laundry.channel(), "swwrt", 0, () -> !laundry.ready());
        } else if (++pass > 1 && (pageout.waiters() == 0 || laundry.busy() || !pageout.hopeful())) {
            long where = laundry.busy() ? laundry.channel() : channel;
            context.waits().sleepOnce(where, "psleep", NAP_TICKS, () -> pool.pagingNeeded());
        }
    }
}
