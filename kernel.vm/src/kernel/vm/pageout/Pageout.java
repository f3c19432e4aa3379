// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.dispatch.Dispatcher;
import kernel.vm.disk.SwapSpace;
import kernel.vm.map.VmMap;
import kernel.vm.map.VmSpace;
import kernel.vm.map.VmSpaces;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmWaits;
import kernel.vm.page.PageKeeper;
import kernel.vm.page.PagePool;
import kernel.vm.page.PageQueue;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import machine.core.event.EventType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Page replacement of one kernel: the active policy, the daemon, and who waits for memory.
 *
 * <p>Engine thread only. Models the parts of {@code sys/vm/vm_pageout.c} and {@code vm_page.c} of FreeBSD, early 2006,
 * that are not a matter of policy.
 */
@ProviderType
public final class Pageout implements PageKeeper {
    private static final EventType OUT_OF_MEMORY = EventType.of("vm.oom", "space", "resident", "swap");
    /**
     * Scans without any success after which somebody is at fault: the policy, or a process. Enough for a page in full use
     * to age.
     */
    private static final int FRUITLESS_SCANS = 80;

    private final VmContext context;
    private final PagePool pool;
    private final Dispatcher dispatcher;
    private final PageoutPort port;
    private final Laundry laundry;
    private final PageoutSlot slot;
    private final PageDaemon daemon;
    private final VmDaemon vmDaemon;
    private final long memoryChannel;
    private OutOfMemory killer = OutOfMemory.NOBODY;
    private VmSpace victim;
    private boolean daemonStarted;
    private int waiters;
    private int refusals;
    private int fruitless;

    /** The page-out of one kernel, without a policy yet. */
    public Pageout(VmContext context, Dispatcher dispatcher) {
        this.context = context;
        this.dispatcher = dispatcher;
        pool = context.pages();
        slot = new PageoutSlot(this, context);
        port = new PageoutPort(pool, slot.guard());
        laundry = new Laundry(context, port);
        daemon = new PageDaemon(context, this);
        vmDaemon = new VmDaemon(context, dispatcher, port);
        memoryChannel = context.waits().newChannel();
        pool.keeper(this);
    }

    /** The slot {@code pageout}. */
    public PageoutSlot slot() {
        return slot;
    }

    /** Says who ends a process when nothing else helps. */
    public void killer(OutOfMemory next) {
        killer = next;
    }

    /** Says whose pages are reclaimed. */
    public void spaces(VmSpaces all) {
        vmDaemon.spaces(all);
    }

    /** Says who knows how long processes have been idle. */
    public void idleness(Idleness next) {
        vmDaemon.idleness(next);
    }

    /** The queues of the active policy, for listings. */
    public List<PageQueue> queues() {
        return port.queues();
    }

    /** Whether the last scans had no success, but might if they go on. */
    boolean hopeful() {
        return fruitless > 0 && fruitless < FRUITLESS_SCANS;
    }

    /** How many LWPs wait for memory. */
    public int waiters() {
        return waiters;
    }

    /** Whether the daemon exists: memory was short once. */
    public boolean daemonStarted() {
        return daemonStarted;
    }

    PageoutPort port() {
        return port;
    }

    Laundry laundry() {
        return laundry;
    }

    @Override
    public void activated(VmPage page) {
        port.activated(page);
    }

    @Override
    public void deactivated(VmPage page, boolean first) {
        port.deactivated(page, first);
    }

    @Override
    public void removed(VmPage page) {
        port.removed(page);
    }

    @Override
    public void low() {
        if (!daemonStarted && context.waits().canSleep()) {
            daemonStarted = true;
            dispatcher.register(daemon, null, daemon::run);
            dispatcher.setRunnable(daemon);
        }
        daemon.need();
    }

    @Override
    public void freed() {
        if (waiters > 0 && !pool.belowMin()) {
            wakeWaiters();
        }
    }

    void wakeWaiters() {
        context.waits().wake(memoryChannel);
    }

    /**
     * Waits until there is memory again ({@code VM_WAIT}); where nobody can sleep, scans at once.
     *
     * <p>Called without page locks; may block.
     *
     * @return false if it makes no sense to try again: the process of the map is being killed, or nothing helped
     */
    public boolean await(VmMap map) {
        context.counters().count(VmCounter.MEMORY_WAITS);
        VmWaits waits = context.waits();
        if (!waits.canSleep()) {
            return reclaimNow();
        }
        if (map.doomed()) {
            return false;
        }
        low();
        if (!pool.belowMin()) {
            // Memory is not short, only what was asked for is: contiguous frames for a page table.
            waits.sleepOnce(memoryChannel, "vmwait", 1, () -> true);
            return !map.doomed();
        }
        int refusalsBefore = refusals;
        waiters++;
        waits.await(memoryChannel, "vmwait",
                () -> pool.belowMin() && !map.doomed() && refusals == refusalsBefore);
        waiters--;
        return !map.doomed() && refusals == refusalsBefore;
    }

    /**
     * Takes pages back at once, until there are as many as the daemon would leave; for who cannot sleep, and before a
     * machine swap builds its tables.
     *
     * @return whether there are more than before
     */
    public boolean reclaimNow() {
        int before = pool.available();
        fruitless = 0;
        for (int pass = 0; fruitless < FRUITLESS_SCANS && pool.pagingTarget() > 0; pass++) {
            scan(pass);
            context.transfers().disk().finishNow();
        }
        fruitless = 0;
        return pool.available() > before;
    }

    /** One scan by the daemon with what follows from it; how many pages it looked at. */
    int daemonScan(int pass) {
        scan(pass);
        if (pool.pagingTarget() > 0) {
            vmDaemon.request();
        }
        if (fruitless >= FRUITLESS_SCANS) {
            outOfMemory();
        }
        return port.host() == null ? 0 : port.host().takeLooks();
    }

    private void scan(int pass) {
        int available = pool.available();
        int sent = laundry.started();
        context.counters().count(VmCounter.DAEMON_SCANS);
        port.scan(pass);
        pool.refillFree();
        boolean progress = pool.available() > available || laundry.started() != sent || laundry.busy();
        fruitless = progress ? 0 : fruitless + 1;
    }

    private void outOfMemory() {
        SwapSpace swap = context.objects().swap().space();
        boolean nearlyFull = swap.available() < SwapSpace.NEARLY_FULL_BLOCKS;
        boolean full = nearlyFull && pool.belowMin() || swap.full() && pool.pagingTarget() > 0;
        if (!full && slot.evictIdler(fruitless)) {
            fruitless = 0;
        } else if ((full || pool.belowMin()) && !dying()) {
            fruitless = 0;
            kill(swap.available() > 0);
        }
    }

    /** Whether the last victim still has its memory. */
    private boolean dying() {
        return victim != null && victim.references() > 0;
    }

    private void kill(boolean swapLeft) {
        victim = killer.killBiggest(swapLeft);
        if (victim == null) {
            // Nobody can be ended: who waits has to do without.
            refusals++;
        } else {
            context.counters().count(VmCounter.OUT_OF_MEMORY);
            context.engine().events().log(OUT_OF_MEMORY, victim.id(), victim.pmap().residentCount(),
                    victim.swapPages());
            victim.map().doom();
        }
        wakeWaiters();
    }

    /** Checks at a safe point that every page is where it should be; appends a text for each broken rule. */
    public void check(List<String> broken) {
        if (port.active() != null) {
            StringBuilder problem = new StringBuilder();
            List<VmPage> listed = new ArrayList<>(port.listed(problem));
            if (!problem.isEmpty()) {
                broken.add("pageout policy " + slot.active() + " lists " + problem);
            }
            for (VmPage page : listed) {
                if (page.wireCount() != 0 || page.owner() == null) {
                    broken.add("pageout policy " + slot.active() + " has " + page + ", which is wired or of nobody");
                }
            }
        }
    }
}
