// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;

/**
 * Takes the wiring off the pages of an entry.
 *
 * <p>DEVIATION: the original ({@code vm_fault_unwire}, 2006) finds the pages through the pmap and so loses count of
 * those whose mapping is gone; here the object chain says which they are, and the wired mark of a mapping is
 * derived data that a machine swap can rebuild.
 */
final class EntryWiring {
    private EntryWiring() {}

    /** Unwires every page of an entry once; the map is write-locked. */
    static void unwirePages(VmMap map, VmMapEntry entry) {
        unwirePages(map, entry, entry.end);
    }

    /** Unwires the pages of an entry up to {@code end}. */
    static void unwirePages(VmMap map, VmMapEntry entry, long end) {
        for (long va = entry.start; va < end; va += PagePool.PAGE_SIZE) {
            map.pmap().changeWiring(va, false);
            VmPage page = map.context().objects().findInChain(entry.object, entry.indexOf(va));
            if (page != null && page.wireCount() > 0) {
                map.context().pages().unwire(page);
            }
        }
    }
}
