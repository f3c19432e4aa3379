// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.vm.map.VmLimits;
import kernel.vm.page.PagePool;

/**
 * The arithmetic that most memory calls start with, in the width of the machine's word.
 *
 * <p>The address is truncated to its page, the length grows by what was cut off and is rounded up; a length in the
 * last page of the number space becomes 0.
 */
final class PageRange {
    private PageRange() {}

    /** The first address of the range. */
    static long start(VmLimits limits, long addr) {
        return limits.truncatePage(addr);
    }

    /** The address behind the range; below {@link #start} (unsigned) if the range wraps. */
    static long end(VmLimits limits, long addr, long len) {
        long pageOffset = addr & PagePool.PAGE_MASK;
        return limits.word(start(limits, addr) + limits.roundPage(len + pageOffset));
    }

    /** Whether an end that was computed lies below its start. */
    static boolean wraps(long start, long end) {
        return Long.compareUnsigned(end, start) < 0;
    }
}
