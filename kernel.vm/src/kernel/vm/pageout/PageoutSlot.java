// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import machine.core.slot.Slot;
import machine.core.slot.SlotGuard;
import machine.core.slot.SlotSwap;
import machine.core.slot.Succession;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.EvictionReport;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The {@code pageout} slot of one kernel.
 *
 * <p>Without a policy the engine is halted; filling the slot resumes it. A policy that breaks a rule is evicted: the
 * fallback takes over at once, and the next scan goes on with it.
 */
@ProviderType
public final class PageoutSlot implements Slot {
    private final Pageout pageout;
    private final VmContext context;
    private final SlotGuard guard;

    PageoutSlot(Pageout pageout, VmContext context) {
        this.pageout = pageout;
        this.context = context;
        guard = new SlotGuard(context.engine(), name(), "pageout policy", "kernel.vm.twoqueue",
                (callback, frame, pages) -> "frame " + frame + " -> " + pages, new PolicySuccession());
    }

    @Override
    public String name() {
        return "pageout";
    }

    @Override
    public Class<?> variantType() {
        return PageoutPolicy.class;
    }

    @Override
    public SlotGuard guard() {
        return guard;
    }

    @Override
    public SlotSwap prepare(VariantHandle next) throws SwapException {
        return new PolicySwap(this, pageout, context, next);
    }

    PolicyHost newHost() {
        return new PolicyHost(context, pageout.laundry(), guard.decisions());
    }

    /** All pages go to the successor, and the next scan goes on with it. */
    private final class PolicySuccession implements Succession {
        @Override
        public void expel() {
            pageout.port().expel();
        }

        @Override
        public void succeed(VariantHandle next) {
            if (next != null) {
                pageout.port().takeOver((PageoutPolicy) next.instance(), newHost());
            }
        }
    }

    /** Evicts a policy that takes nothing back although it could; false if it has an excuse, or nobody takes over. */
    boolean evictIdler(int scans) {
        if (!excuseless() || !guard.hasFallback()) {
            return false;
        }
        guard.evict(EvictionReport.Kind.STARVED, "scan", "it took nothing back in " + scans + " scans although it could");
        return true;
    }

    private boolean excuseless() {
        PagePool pool = context.pages();
        for (int frame = 0; frame < pool.frames(); frame++) {
            VmPage page = pool.page(frame);
            if (page.pageable() && !page.inTransit() && page.holdCount() == 0
                    && context.objects().storeForWriting((VmObject) page.owner()).canReclaim()) {
                return true;
            }
        }
        return false;
    }
}
