// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.object.Quirk;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.Pmap;

/**
 * Takes the wiring off the pages of an entry.
 *
 * <p>The object chain says which pages they are, and the wired mark of a mapping is derived data that a machine swap
 * can rebuild. The original ({@code vm_fault_unwire}, 2006) finds the pages through the pmap and so loses count of
 * those whose mapping is gone; that is {@link Quirk#UNWIRE_BY_TRANSLATION}.
 */
final class EntryWiring {
    private EntryWiring() {}

    /** Unwires every page of an entry once; the map is write-locked. */
    static void unwirePages(VmMap map, VmMapEntry entry) {
        unwirePages(map, entry, entry.end);
    }

    /** Unwires the pages of an entry up to {@code end}. */
    static void unwirePages(VmMap map, VmMapEntry entry, long end) {
        boolean byTranslation = map.context().profile().has(Quirk.UNWIRE_BY_TRANSLATION);
        map.pmap().unwire(entry.start, end);
        for (long va = entry.start; va < end; va += PagePool.PAGE_SIZE) {
            if (byTranslation && map.pmap().extract(va) < 0) {
                continue;
            }
            VmPage page = map.context().objects().findInChain(entry.object, entry.indexOf(va));
            if (page != null && page.wireCount() > 0) {
                map.context().pages().unwire(page);
            }
        }
    }

    /** Enters the wired pages of an entry again with less access; the map is write-locked. */
    static void lower(VmMap map, VmMapEntry entry, int protection) {
        for (long va = entry.start; va < entry.end; va += PagePool.PAGE_SIZE) {
            VmPage page = map.context().objects().findInChain(entry.object, entry.indexOf(va));
            if (page != null && map.pmap().extract(va) >= 0) {
                map.pmap().enter(va, page, protection, Pmap.WIRED);
            }
        }
    }

    /**
     * Wires every page of a locked entry anew after it became writable, so that each is a copy of its own; the map is
     * write-locked ({@code vm_fault_copy_entry} of later systems).
     *
     * @return SUCCESS, or what the wirer said of the first page that failed; those before have their copies
     */
    static int rewirePages(VmMap map, VmMapEntry entry, MapWire.PageWirer wirer) {
        for (long va = entry.start; va < entry.end; va += PagePool.PAGE_SIZE) {
            VmPage before = map.context().objects().findInChain(entry.object, entry.indexOf(va));
            int result = wirer.wirePage(map, entry, va);
            if (result != KernResult.SUCCESS) {
                return result;
            }
            if (before != null && before.wireCount() > 0) {
                map.context().pages().unwire(before);
            }
        }
        return KernResult.SUCCESS;
    }
}
