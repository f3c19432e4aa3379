// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/** Where the memory layer can fail, for tests that make it fail. */
public enum FailurePoint {
    /** A page frame for a program. */
    PAGE,
    /** Frames for a page table. */
    TABLE,
    /** Room on the swap device. */
    SWAP_SPACE,
    /** Reading a page from its store. */
    PAGE_IN,
    /** Writing a page to its store. */
    PAGE_OUT
}
