// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.system;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.map.EntryFlags;
import kernel.vm.map.VmMapEntry;
import kernel.vm.map.VmSpace;
import kernel.vm.object.VmContext;
import kernel.vm.object.VmObject;
import kernel.vm.page.PagePool;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.KernResult;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;

/** The locked pages of address spaces as the maps know them; tables are only a cache of that. */
final class WiredPages {
    private final VmContext context;

    WiredPages(VmContext context) {
        this.context = context;
    }

    List<WiredMapping> of(VmSpace space) {
        List<WiredMapping> mappings = new ArrayList<>();
        for (VmMapEntry entry = space.map().first(); entry != null; entry = entry.next()) {
            if (entry.wiredCount() != 0) {
                for (long va = entry.start(); va < entry.end(); va += PagePool.PAGE_SIZE) {
                    add(mappings, entry, va);
                }
            }
        }
        return mappings;
    }

    private void add(List<WiredMapping> mappings, VmMapEntry entry, long va) {
        VmObject top = entry.object();
        VmPage page = context.objects().findInChain(top, entry.indexOf(va));
        // A page that was cut off a file stays wired but holds nothing; the next access decides, as before.
        if (page != null && page.valid() != 0 && page.wireCount() > 0) {
            boolean own = page.owner() == top && !entry.has(EntryFlags.NEEDS_COPY);
            int protection = own ? entry.protection() : entry.protection() & ~VmProt.WRITE;
            mappings.add(new WiredMapping(va, page, protection));
        }
    }

    /** Enters them into new tables; false when there is no memory for these. */
    static boolean enter(Pmap pmap, List<WiredMapping> mappings) {
        for (WiredMapping mapping : mappings) {
            if ((mapping.protection() & VmProt.WRITE) != 0) {
                mapping.page().writeable(true);
            }
            int result = pmap.enter(mapping.va(), mapping.page(), mapping.protection(), VmProt.READ | Pmap.WIRED);
            if (result != KernResult.SUCCESS) {
                return false;
            }
        }
        return true;
    }
}
