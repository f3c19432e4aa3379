// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.ObjectType;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.VmProt;

/**
 * Maps resident file pages ahead of their first use ({@code vm_map_pmap_enter}, FreeBSD {@code sys/vm/vm_map.c}
 * 1.373). Anonymous memory is never mapped ahead here.
 */
final class MapPrefault {
    private static final int MAX_PARTIAL_PAGES = 96;

    private MapPrefault() {}

    /** Maps what is resident of {@code start} to {@code end} of an entry, read-only; the map is locked. */
    static void range(VmMap map, VmMapEntry entry, long start, long end, boolean partial) {
        VmObject object = entry.object;
        if (object == null
                || object.anonymous()
                || object.type() == ObjectType.DEVICE
                || object.pages().size() == 0
                || (entry.protection & (VmProt.READ | VmProt.EXEC)) == 0) {
            return;
        }
        long pages = end - start >> PagePool.PAGE_SHIFT;
        if (partial && pages > MAX_PARTIAL_PAGES && object.pages().size() > MAX_PARTIAL_PAGES) {
            return;
        }
        long firstIndex = entry.indexOf(start);
        long endIndex = Math.min(firstIndex + pages, object.sizePages());
        PagePool pool = map.context().pages();
        for (long index = firstIndex; index < endIndex; index++) {
            VmPage page = pool.find(object, index);
            if (page != null && page.valid() == VmPage.ALL && !page.inTransit()) {
                if (pool.cached(page)) {
                    pool.deactivate(page);
                }
                long va = start + (index - firstIndex << PagePool.PAGE_SHIFT);
                map.pmap().enterQuick(va, page, entry.protection & ~VmProt.WRITE);
            }
        }
    }
}
