// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

/** Documented defects of the 2006 code that can be switched off one by one. */
public enum Quirk {
    /** mincore stores the bytes of skipped entries one place too low. */
    MINCORE_STORES_TOO_LOW,
    /** mincore's test for holes looks behind the first entry instead of the current one. */
    MINCORE_TESTS_FIRST_NEIGHBOUR,
    /** msync of the highest entry walks on at the lowest one; the endless loop it may give is a diagnosed stop. */
    MSYNC_WRAPS_AT_HEAD,
    /** Calls with an empty range split the entry at their address. */
    EMPTY_RANGE_SPLITS,
    /** mlock and munlock with an empty range inside an entry leave it in transition; here a diagnosed stop. */
    EMPTY_RANGE_LOCKS,
    /** Wiring an entry that cannot be read takes WRITE from its greatest protection for good. */
    WIRING_STRIPS_WRITE,
    /** Write errors of file pages are lost: the page counts as clean. */
    LOST_WRITE_ERRORS
}
