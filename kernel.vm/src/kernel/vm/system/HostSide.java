// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

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
        int frame = context.pages().allocateTable(pages);
        if (frame < 0) {
            return -1;
        }
        long address = (long) frame << PagePool.PAGE_SHIFT;
        memory().zero(address, (long) pages << PagePool.PAGE_SHIFT);
        return address;
    }

    @Override
    public void freeTable(long physicalAddress, int pages) {
        context.pages().freeTable((int) (physicalAddress >> PagePool.PAGE_SHIFT), pages);
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
