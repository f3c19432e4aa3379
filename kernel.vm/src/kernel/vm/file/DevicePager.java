// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.file;

import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;

/**
 * Shows the memory of a device: makes a fictitious page for each address that the driver names, and never writes one
 * ({@code sys/vm/device_pager.c} of FreeBSD, early 2006).
 *
 * <p>One object serves all mappings of a device and is as large as the furthest of them needs.
 */
final class DevicePager extends FilePager {
    private final CharacterDevice device;

    DevicePager(VmContext context, Vnode vnode) {
        super(context, vnode);
        device = vnode.device();
    }

    @Override
    public boolean suppliesPages() {
        return true;
    }

    @Override
    public VmPage supply(VmObject object, long index) {
        long address = device.mapPage(index << PagePool.PAGE_SHIFT, VmProt.READ);
        if (address == CharacterDevice.REFUSED) {
            return null;
        }
        VmPage page = context.pages().find(object, index);
        if (page != null) {
            // Its contents were declared invalid, but the device still has them.
            page.valid(VmPage.ALL);
            return page;
        }
        int frame = Math.toIntExact(address >> PagePool.PAGE_SHIFT);
        return context.pages().unmanaged().makeFictitious(object, index, frame, device.attribute());
    }

    @Override
    public int pageIn(VmObject object, VmPage page) {
        return ERROR;
    }

    @Override
    public int pageOut(VmObject object, VmPage page) {
        return ERROR;
    }

    @Override
    public boolean canReclaim() {
        return false;
    }
}
