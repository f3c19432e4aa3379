// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import java.util.Arrays;
import machine.core.engine.KernelPanic;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Pages of objects without a list of their mappings: nothing can be done to all mappings of one, so it is wired and stays
 * where it is until its object ends.
 *
 * <p>They are RAM that is never paged, or <em>fictitious</em>: they stand for memory of a device behind RAM, and exist
 * only as long as a device object has them. Models {@code vm_page_unmanage} of FreeBSD {@code sys/vm/vm_page.c} and
 * {@code dev_pager_getfake} of {@code sys/vm/device_pager.c}, early 2006. Engine thread only.
 */
@ProviderType
public final class UnmanagedPages {
    private final PagePool pool;
    private final int firstFictitious;
    private VmPage[] fictitious = {};
    private int live;

    UnmanagedPages(PagePool pool) {
        this.pool = pool;
        firstFictitious = pool.frames();
    }

    /** How many pages stand for memory of devices. */
    public int fictitious() {
        return live;
    }

    /** The page of a frame number behind RAM, or null. */
    VmPage find(int frame) {
        int at = frame - firstFictitious;
        return at < fictitious.length ? fictitious[at] : null;
    }

    /**
     * Makes a page for memory of a device: busy, wired, valid.
     *
     * @param frame the number of a frame behind RAM that no other object has
     */
    public VmPage makeFictitious(PageOwner owner, long index, int frame, MemoryAttribute attribute) {
        int at = frame - firstFictitious;
        if (at < 0 || find(frame) != null) {
            throw new KernelPanic("frame " + frame + " is RAM, or a device object has it already");
        }
        if (at >= fictitious.length) {
            fictitious = Arrays.copyOf(fictitious, Math.max(at + 1, fictitious.length * 2));
        }
        VmPage page = new VmPage(frame, attribute);
        fictitious[at] = page;
        live++;
        page.busy(true);
        page.valid(VmPage.ALL);
        pool.insert(page, owner, index);
        return page;
    }

    /** Wires a page of an object that is on no queue and not mapped for the rest of its life. */
    public void unmanage(VmPage page) {
        page.unmanaged = true;
        pool.wire(page);
    }

    /** Ends a page; the caller knows that nothing maps it. */
    public void free(VmPage page) {
        if (page.wireCount != 1) {
            throw new KernelPanic("vm_page_free: unmanaged " + page + " is wired " + page.wireCount + " times");
        }
        if (page.fictitious()) {
            pool.detach(page);
            fictitious[page.frame() - firstFictitious] = null;
            live--;
        } else {
            page.unmanaged = false;
            pool.orphan(page);
            pool.unwire(page);
        }
    }
}
