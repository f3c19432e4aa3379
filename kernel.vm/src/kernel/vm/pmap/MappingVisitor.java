// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ConsumerType;

/** Sees every mapping of a pmap, in order of address. It must not change the pmap while it is called. */
@ConsumerType
@FunctionalInterface
public interface MappingVisitor {
    /**
     * One mapped page.
     *
     * @param va page-aligned user address
     * @param page the page mapped there
     * @param prot what the descriptor grants to user mode, as {@link VmProt} bits; a software-emulated machine
     *     reports what it may grant after its soft fault
     * @param wired whether the mapping was entered as wired
     * @param referenced the mapping's own referenced bit
     * @param modified the mapping's own modified bit
     */
    void mapping(long va, VmPage page, int prot, boolean wired, boolean referenced, boolean modified);
}
