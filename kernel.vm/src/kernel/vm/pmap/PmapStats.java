// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

/**
 * Counters of a pmap module since it was made.
 *
 * @param enters mappings installed or changed by {@link Pmap#enter}
 * @param quickEnters mappings installed by {@link Pmap#enterQuick}
 * @param removes mappings dropped
 * @param referencedFaults soft faults that set a referenced bit in software
 * @param modifiedFaults soft faults that set a modified bit in software
 * @param shootdowns invalidations that other CPUs had to take part in
 * @param tablePages page-table pages in use now
 * @param pvEntries mapping-list entries in use now
 */
public record PmapStats(
        long enters,
        long quickEnters,
        long removes,
        long referencedFaults,
        long modifiedFaults,
        long shootdowns,
        long tablePages,
        long pvEntries) {}
