// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

/**
 * Counters of a pmap module's superpages since it was made; the {@code vm.pmap.pde} variables of FreeBSD.
 *
 * @param mapped superpages mapped now
 * @param promotions superpages made of base pages
 * @param demotions superpages broken up into base pages
 * @param failures full tables whose pages were not alike
 * @param spareTables page tables kept for a demotion now
 */
public record SuperpageStats(long mapped, long promotions, long demotions, long failures, long spareTables) {
    /** Those of a machine without superpages. */
    public static SuperpageStats none() {
        return new SuperpageStats(0, 0, 0, 0, 0);
    }
}
