// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import kernel.vm.map.VmMap;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.VmPage;

/**
 * Takes pages from a process that has more of them in memory than it may:
 * {@code vm_pageout_map_deactivate_pages} of FreeBSD {@code sys/vm/vm_pageout.c}, early 2006.
 *
 * <p>Only mappings go; the pages become candidates of the pageout policy. Nothing here blocks or interleaves.
 */
final class ResidentTrim {
    private static final int DECLINE = 1;

    private final VmContext context;
    private final PageoutPort port;
    private int looks;

    ResidentTrim(VmContext context, PageoutPort port) {
        this.context = context;
        this.port = port;
    }

    /** How many pages were looked at since the last call. */
    int takeLooks() {
        int taken = looks;
        looks = 0;
        return taken;
    }

    /** Lets a space have no more than so many pages mapped, as far as its pages are not in use. The map is locked. */
    void trim(VmSpace space, long most) {
        VmMap map = space.map();
        VmObject biggest = biggest(map);
        if (biggest != null) {
            deactivate(map, biggest, most);
        }
        for (VmMapEntry entry = map.first(); entry != null && tooMany(map, most); entry = entry.next()) {
            deactivate(map, entry.object(), most);
        }
    }

    /** Takes all pages of a space that has nothing wired; its page tables go with them. The map is locked. */
    void empty(VmSpace space) {
        VmMap map = space.map();
        for (VmMapEntry entry = map.first(); entry != null; entry = entry.next()) {
            if (entry.wiredCount() != 0) {
                trim(space, 0);
                return;
            }
        }
        trim(space, 0);
        map.pmap().remove(map.limits().minAddress(), map.limits().maxAddress());
    }

    private static boolean tooMany(VmMap map, long most) {
        return map.pmap().residentCount() > most;
    }

    /** The object with most pages that no more than one shadow stands in front of. */
    private static VmObject biggest(VmMap map) {
        VmObject biggest = null;
        for (VmMapEntry entry = map.first(); entry != null; entry = entry.next()) {
            VmObject object = entry.object();
            if (object != null && object.shadowCount() <= 1
                    && (biggest == null || object.pages().size() > biggest.pages().size())) {
                biggest = object;
            }
        }
        return biggest;
    }

    private void deactivate(VmMap map, VmObject top, long most) {
        for (VmObject object = top; object != null && tooMany(map, most); object = object.backing()) {
            boolean shared = object.shadowCount() > 1;
            VmPage page = object.pages().first();
            while (page != null && tooMany(map, most)) {
                VmPage next = page.nextOfOwner();
                looks++;
                if (page.pvCount() != 0 && page.pageable() && !page.inTransit() && page.holdCount() == 0) {
                    age(page, shared);
                }
                page = next;
            }
        }
    }

    private void age(VmPage page, boolean shared) {
        boolean used = context.pmap().tsReferenced(page) != 0 || page.referenced();
        if (used) {
            context.pages().activate(page);
            page.clearReferenced();
        } else if (port.idle(page)) {
            context.pmap().removeAll(page);
        } else if (page.actCount() > DECLINE) {
            page.actCount(page.actCount() - DECLINE);
        } else if (!shared) {
            page.actCount(0);
            context.pmap().removeAll(page);
            context.pages().deactivate(page);
        }
    }
}
