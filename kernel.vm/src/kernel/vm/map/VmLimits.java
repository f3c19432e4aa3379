// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import kernel.vm.page.PagePool;

/**
 * The user addresses of a machine.
 *
 * @param minAddress the lowest user address
 * @param maxAddress the address behind the highest one; below 2^63
 * @param wordBits width of an address and of {@code size_t}: 32 or 64
 * @param readIsExec whether READ implies EXECUTE in new mappings and protections
 * @param stackGrowBytes by how much a stack grows at a time ({@code sgrowsiz}); a page multiple
 */
public record VmLimits(long minAddress, long maxAddress, int wordBits, boolean readIsExec, long stackGrowBytes) {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException for another width, or for bounds that are not page-aligned and increasing
     */
    public VmLimits {
        if (wordBits != 32 && wordBits != 64) {
            throw new IllegalArgumentException("word width " + wordBits + ": give 32 or 64");
        }
        if (minAddress < 0 || maxAddress <= minAddress || ((minAddress | maxAddress) & PagePool.PAGE_MASK) != 0) {
            throw new IllegalArgumentException("user addresses 0x" + Long.toHexString(minAddress) + " to 0x"
                    + Long.toHexString(maxAddress) + ": give page-aligned, increasing ones");
        }
    }

    /** Cuts a number to the width of an address. */
    public long word(long value) {
        return wordBits == 64 ? value : value & 0xffff_ffffL;
    }

    /** Clears the offset inside the page ({@code trunc_page}). */
    public long truncatePage(long value) {
        return word(value) & ~(long) PagePool.PAGE_MASK;
    }

    /** Rounds up to a page; wraps to 0 in the last page of the number space ({@code round_page}). */
    public long roundPage(long value) {
        return word(value + PagePool.PAGE_MASK) & ~(long) PagePool.PAGE_MASK;
    }
}
