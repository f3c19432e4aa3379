// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.page.VmPage;

/** The residency byte of a page as {@code pmap_mincore} makes it. */
final class Residency {
    private static final int INCORE = 1;
    private static final int REFERENCED_HERE = 2 | 8;
    private static final int MODIFIED_HERE = 4 | 0x10;
    private static final int REFERENCED_OTHER = 8;
    private static final int MODIFIED_OTHER = 0x10;

    private Residency() {}

    /** The byte for a leaf; 0 when it maps nothing. */
    static int of(RadixPmapModule module, long leaf) {
        EntryFormat format = module.format();
        if (!format.present(leaf)) {
            return 0;
        }
        if (!module.managed(leaf)) {
            return INCORE;
        }
        VmPage page = module.page(format.frame(leaf));
        return INCORE | referenced(module, page, format.referenced(leaf)) | modified(module, page, format.modified(leaf));
    }

    private static int referenced(RadixPmapModule module, VmPage page, boolean here) {
        if (here) {
            return REFERENCED_HERE;
        }
        return page.referenced() || module.isReferenced(page) ? REFERENCED_OTHER : 0;
    }

    private static int modified(RadixPmapModule module, VmPage page, boolean here) {
        if (here) {
            return MODIFIED_HERE;
        }
        return page.dirty() != 0 || module.isModified(page) ? MODIFIED_OTHER : 0;
    }
}
