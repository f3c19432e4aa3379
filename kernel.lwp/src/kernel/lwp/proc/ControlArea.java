// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.ArrayDeque;
import java.util.BitSet;
import kernel.lwp.revision.LwpQuirk;
import kernel.sched.errno.Errno;
import kernel.vm.map.MapInsert;
import kernel.vm.map.MapProtect;
import kernel.vm.map.VmInherit;
import kernel.vm.map.VmMap;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;
import kernel.vm.syscall.Resource;

/**
 * The memory through which a process sees on which CPUs its LWPs run: struct lcproc of kern_lwp.c 1.250.
 *
 * <p>An anonymous region of the process, not inherited by children. A page of it is wired as soon as a block in it
 * is used, so that a switch can write to it without a fault, whatever the process does to its mapping. All methods
 * are called with the process locked, or by its last LWP.
 *
 * <p>DEVIATION: there is no vfork, so nobody borrows the block of a parent, and nothing gives EBUSY.
 */
final class ControlArea {
    private static final int BLOCKS_PER_PAGE = PagePool.PAGE_SIZE / ControlBlock.BYTES;
    private static final int MAX_LWPS = 8000;
    private static final int PAGES = (MAX_LWPS + BLOCKS_PER_PAGE - 1) / BLOCKS_PER_PAGE;
    private static final int WORD_BITS = 32;

    /** One page of blocks. */
    private static final class Blocks {
        final long index;
        final VmPage page;
        final BitSet free = new BitSet(BLOCKS_PER_PAGE);
        int rotor;

        Blocks(long index, VmPage page) {
            this.index = index;
            this.page = page;
            free.set(0, BLOCKS_PER_PAGE);
        }

        /** The lowest free block of the first word that has one, from the rotor on. */
        int take() {
            int block = free.nextSetBit(rotor * WORD_BITS);
            if (block < 0) {
                block = free.nextSetBit(0);
            }
            rotor = block / WORD_BITS;
            free.clear(block);
            return block;
        }

        void give(int block) {
            int first = free.nextSetBit(rotor * WORD_BITS);
            if (first < 0 || first >= (rotor + 1) * WORD_BITS) {
                rotor = block / WORD_BITS;
            }
            free.set(block);
        }
    }

    private final VmContext context;
    private final VmObject object;
    private final long base;
    private final ArrayDeque<Blocks> pages = new ArrayDeque<>();

    private ControlArea(VmContext context, VmObject object, long base) {
        this.context = context;
        this.object = object;
        this.base = base;
    }

    /**
     * Gives an LWP its block, and the process its region if that is the first one; process locked, may block.
     *
     * @return 0, or ENOMEM
     */
    static int open(Lwp l) {
        Proc p = l.proc();
        if (l.control != null) {
            return 0;
        }
        if (p.controlArea == null) {
            p.controlArea = map(p);
        }
        return p.controlArea != null && p.controlArea.allocate(l) ? 0 : Errno.ENOMEM;
    }

    private static ControlArea map(Proc p) {
        VmContext context = p.processes().vm().context();
        VmMap map = p.vmspace.map();
        long bytes = (long) PAGES * PagePool.PAGE_SIZE;
        long heapEnd = map.limits().roundPage(p.vmspace.dataAddress() + p.hardLimit(Resource.DATA));
        long wish = map.pmap().module().addressHint(heapEnd, bytes);
        VmObject object = context.objects().anonymous(PAGES);
        context.objects().reference(object);
        int access = VmProt.READ | VmProt.WRITE;
        long base = MapInsert.find(map, object, 0, wish, bytes, true, access, access, 0);
        if (base < 0) {
            context.objects().deallocate(object);
            context.objects().deallocate(object);
            return null;
        }
        MapProtect.inherit(map, base, base + bytes, VmInherit.NONE);
        return new ControlArea(context, object, base);
    }

    private boolean allocate(Lwp l) {
        Blocks blocks = pages.peekFirst();
        if (blocks == null || blocks.free.isEmpty()) {
            blocks = pages.size() == PAGES ? null : wirePage();
            if (blocks == null) {
                return false;
            }
            pages.addFirst(blocks);
        }
        int offset = blocks.take() * ControlBlock.BYTES;
        l.control = new ControlBlock(l.proc().processes().engine().memory(), blocks.page.physicalAddress() + offset,
                base + blocks.index * PagePool.PAGE_SIZE + offset);
        if (!l.proc().processes().quirk(LwpQuirk.BLOCK_KEEPS_COUNT)) {
            l.control.start();
        }
        l.control.show(l.cpu().id());
        return true;
    }

    private Blocks wirePage() {
        object.lock().enter();
        VmPage page = context.pages().find(object, pages.size());
        if (page == null) {
            page = context.pages().allocate(object, pages.size());
            if (page != null) {
                context.objects().zeroFill(page);
                page.busy(false);
            }
        }
        if (page != null) {
            context.pages().wire(page);
            page.markDirty();
        }
        object.lock().exit();
        return page == null ? null : new Blocks(pages.size(), page);
    }

    /** Takes the block of an LWP back, if it has one; its counter is still there when it is used again. */
    static void release(Lwp l) {
        if (l.control == null) {
            return;
        }
        l.proc().controlArea.give(l.control.userAddress());
        l.control = null;
    }

    private void give(long address) {
        long index = (address - base) / PagePool.PAGE_SIZE;
        int block = (int) (address - base) % PagePool.PAGE_SIZE / ControlBlock.BYTES;
        boolean headFull = pages.peekFirst().free.isEmpty();
        for (Blocks blocks : pages) {
            if (blocks.index == index) {
                blocks.give(block);
                if (headFull && blocks != pages.peekFirst()) {
                    pages.remove(blocks);
                    pages.addFirst(blocks);
                }
                return;
            }
        }
    }

    /** Gives everything up; called by the last LWP of a process before its space goes. May block. */
    static void close(Lwp last) {
        Proc p = last.proc();
        last.control = null;
        ControlArea area = p.controlArea;
        p.controlArea = null;
        if (area != null) {
            for (Blocks blocks : area.pages) {
                area.context.pages().unwire(blocks.page);
            }
            area.context.objects().deallocate(area.object);
        }
    }
}
