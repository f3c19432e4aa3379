// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

/**
 * What the descriptors of a machine can express.
 *
 * <p>The memory layer relies on an exact answer only for writing; the others are visible to programs and to tests.
 *
 * @param noExecute whether execution can be refused for a readable page
 * @param noAccess whether a present mapping can refuse every access (a wired {@code PROT_NONE} page)
 * @param executeOnly whether execution can be allowed without reading
 * @param hardwareReferenced whether the walker sets a referenced bit; otherwise the first use takes a soft fault
 * @param hardwareModified whether the walker sets a modified bit; otherwise the first write takes a soft fault
 * @param addressBits width of a user address: 32 or 64
 */
public record PmapCapabilities(
        boolean noExecute,
        boolean noAccess,
        boolean executeOnly,
        boolean hardwareReferenced,
        boolean hardwareModified,
        int addressBits) {}
