// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

/**
 * Why a pageout policy was evicted.
 *
 * @param variant its name
 * @param successor who took over, or null if nobody could
 * @param problem what it did wrong
 * @param atNanos virtual time
 */
public record PolicyFault(String variant, String successor, String problem, long atNanos) {
    /** One sentence. */
    public String text() {
        return "pageout policy " + variant + " was evicted: " + problem
                + (successor == null ? "" : "; " + successor + " took over");
    }
}
