// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.vm.object.Pager;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PageThresholds;
import kernel.vm.page.VmCounter;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.PmapModule;
import machine.core.slot.Decisions;

/** What one policy can do, as long as it is the active one. */
final class PolicyHost implements PageoutHost {
    private final VmContext context;
    private final Laundry laundry;
    private final Decisions decisions;
    private boolean retired;
    private int looks;

    PolicyHost(VmContext context, Laundry laundry, Decisions decisions) {
        this.context = context;
        this.laundry = laundry;
        this.decisions = decisions;
    }

    /** The policy was replaced: from now on whatever it asks is an error. */
    void retire() {
        retired = true;
    }

    /** How many pages were looked at since the last call. */
    int takeLooks() {
        int taken = looks;
        looks = 0;
        return taken;
    }

    private VmPage mine(VmPage page) {
        if (retired) {
            throw new IllegalStateException("the policy is not active any more");
        }
        if (!page.pageable()) {
            throw new IllegalArgumentException(page + " is not in custody of the policy");
        }
        return page;
    }

    @Override
    public PageThresholds thresholds() {
        return context.pages().thresholds();
    }

    @Override
    public int shortage() {
        return context.pages().pagingTarget();
    }

    @Override
    public boolean untouchable(VmPage page) {
        looks++;
        return mine(page).inTransit() || page.holdCount() != 0;
    }

    @Override
    public boolean inUse(VmPage page) {
        return ((VmObject) mine(page).owner()).refCount() != 0;
    }

    @Override
    public int takeReferences(VmPage page) {
        return pmap().tsReferenced(mine(page));
    }

    private PmapModule pmap() {
        return context.pmap();
    }

    @Override
    public boolean modified(VmPage page) {
        return context.objects().ranges().testDirty(mine(page));
    }

    @Override
    public boolean reclaim(VmPage page) {
        boolean done = take(mine(page));
        decisions.record("reclaim", page.frame(), done ? 1 : 0);
        return done;
    }

    private boolean take(VmPage page) {
        if (page.inTransit() || page.holdCount() != 0) {
            return false;
        }
        Pager pager = ((VmObject) page.owner()).pager();
        if (pager != null && !pager.canReclaim()) {
            return false;
        }
        pmap().removeAll(page);
        if (page.valid() != 0 && page.dirty() != 0) {
            return false;
        }
        context.counters().count(VmCounter.RECLAIMED);
        if (page.valid() == 0) {
            context.pages().free(page);
        } else {
            context.pages().cache(page);
        }
        return true;
    }

    @Override
    public int launder(VmPage page) {
        int written = laundry.start(mine(page));
        decisions.record("launder", page.frame(), written);
        return written;
    }

    @Override
    public boolean mayLaunder() {
        return laundry.ready();
    }
}
