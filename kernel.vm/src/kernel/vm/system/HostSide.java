// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.BitSet;
import java.util.Objects;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.PmapHost;
import machine.core.cost.CostTable;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import machine.core.memory.PhysicalMemory;

/** What one pmap module sees of its kernel. */
final class HostSide implements PmapHost {
    private final VmContext context;
    private final CostTable costs;
    /** The first frames of the tables that the module has, by the logarithm of their size. */
    private final BitSet[] tables = {new BitSet(), new BitSet(), new BitSet()};
    private boolean retired;

    HostSide(VmContext context, CostTable costs) {
        this.context = context;
        this.costs = Objects.requireNonNull(costs, "costs");
    }

    @Override
    public Engine engine() {
        return context.engine();
    }

    @Override
    public PhysicalMemory memory() {
        return context.engine().memory();
    }

    @Override
    public CostTable costs() {
        return costs;
    }

    @Override
    public long allocateTable(int pages) {
        if (retired) {
            return -1;
        }
        int frame = context.pages().allocateTable(pages);
        if (frame < 0) {
            return -1;
        }
        tables[Integer.numberOfTrailingZeros(pages)].set(frame);
        long address = (long) frame << PagePool.PAGE_SHIFT;
        memory().zero(address, (long) pages << PagePool.PAGE_SHIFT);
        return address;
    }

    @Override
    public void freeTable(long physicalAddress, int pages) {
        int frame = (int) (physicalAddress >> PagePool.PAGE_SHIFT);
        BitSet known = tables[Integer.numberOfTrailingZeros(pages)];
        if (!known.get(frame)) {
            if (retired) {
                return;
            }
            throw new KernelPanic("pmap: 0x" + Long.toHexString(physicalAddress) + " is no table of " + pages + " pages");
        }
        known.clear(frame);
        context.pages().freeTable(frame, pages);
    }

    /** Takes back all tables that the module still has; it gets no more. */
    void retire() {
        retired = true;
        for (int order = 0; order < tables.length; order++) {
            for (int frame = tables[order].nextSetBit(0); frame >= 0; frame = tables[order].nextSetBit(frame + 1)) {
                context.pages().freeTable(frame, 1 << order);
            }
            tables[order].clear();
        }
    }

    @Override
    public VmPage page(long physicalAddress) {
        long frame = physicalAddress >> PagePool.PAGE_SHIFT;
        VmPage page = frame < 0 || frame > Integer.MAX_VALUE ? null : context.pages().page((int) frame);
        if (page == null) {
            throw new KernelPanic("pmap: no page at physical address 0x" + Long.toHexString(physicalAddress));
        }
        return page;
    }
}
