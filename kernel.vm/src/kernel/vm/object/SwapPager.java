// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import kernel.vm.disk.SwapSpace;
import kernel.vm.page.FailurePoint;
import kernel.vm.page.VmPage;
import machine.core.memory.PhysicalMemory;

/**
 * Keeps anonymous pages on the swap device ({@code sys/vm/swap_pager.c} of FreeBSD, early 2006).
 *
 * <p>One serves all objects: which page is where is in {@link SwapBlocks}.
 */
final class SwapPager implements Pager {
    private final VmContext context;
    private final SwapBlocks blocks;

    SwapPager(VmContext context, SwapBlocks blocks) {
        this.context = context;
        this.blocks = blocks;
    }

    private PhysicalMemory memory() {
        return context.engine().memory();
    }

    @Override
    public int hasPage(VmObject object, long index) {
        return blocks.find(object, index) == SwapRecord.NONE ? FAIL : OK;
    }

    /** Within one record, and where the device has them one behind the other. */
    @Override
    public boolean contiguous(VmObject object, long index) {
        return index >> SwapRecord.SHIFT == index + 1 >> SwapRecord.SHIFT
                && blocks.find(object, index) + 1 == blocks.find(object, index + 1);
    }

    @Override
    public int pageIn(VmObject object, VmPage page) {
        int block = blocks.find(object, page.index());
        if (block == SwapRecord.NONE) {
            return FAIL;
        }
        blocks.space().read(block, memory(), page.physicalAddress());
        page.valid(VmPage.ALL);
        return OK;
    }

    /** The first page-out makes anonymous memory an object of the swap pager. */
    @Override
    public int pageOut(VmObject object, VmPage page) {
        SwapSpace space = blocks.space();
        blocks.free(object, page.index());
        int block = context.pages().failures().fails(FailurePoint.SWAP_SPACE) ? SwapRecord.NONE : space.allocate();
        if (block == SwapRecord.NONE) {
            return FAIL;
        }
        object.becomeSwap();
        space.write(block, memory(), page.physicalAddress());
        blocks.put(object, page.index(), block);
        return OK;
    }

    @Override
    public boolean canReclaim() {
        return true;
    }

    @Override
    public void mapped(VmObject object) {
        // Anonymous memory counts its references itself.
    }

    @Override
    public void unmapped(VmObject object) {
        // Anonymous memory counts its references itself.
    }

    @Override
    public String name() {
        return null;
    }
}
