// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import machine.core.slot.SlotSwap;
import machine.core.slot.SwapException;
import machine.core.slot.VariantHandle;

/** Replaces the pageout policy: every page crosses, the next to go first. Writes under way go on. */
final class PolicySwap implements SlotSwap {
    private final PageoutSlot slot;
    private final Pageout pageout;
    private final PagePool pool;
    private final PageoutPolicy old;
    private final PolicyHost oldHost;
    private final VariantHandle next;
    private final PolicyHost nextHost;
    private VmPage[] pages = {};
    private PageRecord[] records = {};
    private int taken;
    private int given;
    private VariantHandle released;

    PolicySwap(PageoutSlot slot, Pageout pageout, VmContext context, VariantHandle next) throws SwapException {
        this.slot = slot;
        this.pageout = pageout;
        this.next = next;
        pool = context.pages();
        old = pageout.port().active();
        oldHost = pageout.port().host();
        nextHost = slot.newHost();
        if (next != null) {
            try {
                policy().attach(nextHost);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                throw new SwapException("pageout policy " + next.variant() + " cannot be attached: " + e);
            }
        }
    }

    private PageoutPolicy policy() {
        return (PageoutPolicy) next.instance();
    }

    @Override
    public void export() throws SwapException {
        StringBuilder problem = new StringBuilder();
        List<VmPage> listed = old == null ? unkept() : pageout.port().listed(problem);
        if (!problem.isEmpty()) {
            throw new SwapException("pageout policy " + slot.active() + " lists " + problem);
        }
        pages = listed.toArray(VmPage[]::new);
        records = new PageRecord[pages.length];
        for (VmPage page : pages) {
            PageRecord record = new PageRecord();
            record.age = page.actCount();
            record.active = page.actCount() > 0;
            records[taken] = record;
            try {
                if (old != null) {
                    old.exportPage(page, record);
                    old.removed(page);
                }
            } catch (RuntimeException | LinkageError | AssertionError e) {
                throw new SwapException("pageout policy " + slot.active() + " does not let " + page + " go: " + e);
            } finally {
                unlink(page);
                taken++;
            }
        }
    }

    private List<VmPage> unkept() {
        List<VmPage> all = new ArrayList<>();
        for (int frame = 0; frame < pool.frames(); frame++) {
            if (pool.page(frame).pageable()) {
                all.add(pool.page(frame));
            }
        }
        return all;
    }

    private static void unlink(VmPage page) {
        if (page.queue() != null) {
            page.queue().remove(page);
        }
    }

    @Override
    public void importState() throws SwapException {
        if (next == null) {
            return;
        }
        try {
            for (; given < pages.length; given++) {
                policy().importPage(pages[given], records[given]);
            }
            if (policy().pages() != pages.length) {
                throw new SwapException("pageout policy " + next.variant() + " has " + policy().pages()
                        + " pages after taking " + pages.length);
            }
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new SwapException("pageout policy " + next.variant() + " does not take its pages: " + e);
        }
    }

    @Override
    public void commit() {
        if (oldHost != null) {
            oldHost.retire();
        }
        pageout.port().install(next == null ? null : policy(), next == null ? null : nextHost);
        released = slot.guard().fill(next);
    }

    @Override
    public void rollback() {
        nextHost.retire();
        for (int i = 0; i < taken; i++) {
            unlink(pages[i]);
        }
        if (old != null) {
            for (int i = 0; i < taken; i++) {
                old.importPage(pages[i], records[i]);
            }
        }
    }

    @Override
    public VariantHandle release() {
        VariantHandle handle = released;
        released = null;
        return handle;
    }

    @Override
    public int moved() {
        return given;
    }
}
