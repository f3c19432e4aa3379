// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import machine.core.slot.Slot;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The {@code pageout} slot of one kernel.
 *
 * <p>Without a policy the engine is halted; filling the slot resumes it. A policy that breaks a rule is evicted: the
 * fallback takes over at once, and the next scan goes on with it.
 */
@ProviderType
public final class PageoutSlot implements Slot {
    private static final String NO_POLICY = "no pageout policy: start a bundle that provides kernel.slot=pageout, "
            + "for example kernel.vm.twoqueue";
    private static final int KEPT_FAULTS = 16;

    private final Pageout pageout;
    private final VmContext context;
    private final List<PolicyFault> faults = new ArrayList<>();
    private Function<String, VariantHandle> fallback = failed -> null;
    private VariantHandle handle;

    PageoutSlot(Pageout pageout, VmContext context) {
        this.pageout = pageout;
        this.context = context;
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
    public String active() {
        return handle == null ? null : handle.variant();
    }

    /** Evictions, oldest first; the latest 16. */
    public List<PolicyFault> faults() {
        return List.copyOf(faults);
    }

    void fallback(Function<String, VariantHandle> source) {
        fallback = source;
    }

    @Override
    public SlotSwap prepare(VariantHandle next) throws SwapException {
        if (next != null && !(next.instance() instanceof PageoutPolicy)) {
            throw new SwapException("variant " + next.variant() + " of slot pageout is a "
                    + next.instance().getClass().getName() + ", not a " + PageoutPolicy.class.getName());
        }
        return new PolicySwap(this, pageout, context, next);
    }

    PolicyHost newHost() {
        return new PolicyHost(context, pageout.laundry());
    }

    /** Notes what fills the slot now and returns what did before; without a policy the kernel stands still. */
    VariantHandle fill(VariantHandle next) {
        VariantHandle before = handle;
        handle = next;
        if (next == null) {
            context.engine().halt(NO_POLICY);
        } else if (NO_POLICY.equals(context.engine().haltReason())) {
            context.engine().resume();
        }
        return before;
    }

    /** The active policy broke a rule: all pages go to the fallback, in order of their frames. */
    void evict(String problem) {
        VariantHandle failed = handle;
        pageout.port().expel();
        VariantHandle next = failed == null ? null : fallback.apply(failed.variant());
        note(new PolicyFault(failed == null ? "" : failed.variant(), next == null ? null : next.variant(), problem,
                context.engine().nowNanos()));
        fill(next);
        if (failed != null) {
            failed.release();
        }
        if (next != null) {
            takeOver((PageoutPolicy) next.instance());
        }
    }

    private void note(PolicyFault fault) {
        if (faults.size() == KEPT_FAULTS) {
            faults.removeFirst();
        }
        faults.add(fault);
    }

    /** A successor that fails here as well is evicted by the port in its turn. */
    private void takeOver(PageoutPolicy successor) {
        PolicyHost host = newHost();
        pageout.port().install(successor, host);
        PagePool pool = context.pages();
        PageRecord record = new PageRecord();
        try {
            successor.attach(host);
            for (int frame = 0; frame < pool.frames(); frame++) {
                VmPage page = pool.page(frame);
                if (page.pageable()) {
                    record.active = page.actCount() > 0;
                    record.age = page.actCount();
                    successor.importPage(page, record);
                }
            }
        } catch (RuntimeException | LinkageError | AssertionError e) {
            evict("taking over, it threw " + e);
        }
    }

    /** Evicts a policy that takes nothing back although it could; false if it has an excuse, or nobody takes over. */
    boolean evictIdler(int scans) {
        if (handle == null || !excuseless()) {
            return false;
        }
        VariantHandle other = fallback.apply(handle.variant());
        if (other == null) {
            return false;
        }
        other.release();
        evict("it took nothing back in " + scans + " scans although it could");
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
