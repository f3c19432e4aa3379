// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import kernel.vm.map.VmLimits;
import kernel.vm.map.VmMap;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.page.PagePool;

/**
 * The arithmetic that most memory calls start with, in the width of the machine's word.
 *
 * <p>The address is truncated to its page, the length grows by what was cut off and is rounded up. What the original
 * makes of lengths so large that one of these steps wraps is a quirk for each step.
 */
final class PageRange {
    private PageRange() {}

    /** The first address of the range. */
    static long start(VmLimits limits, long addr) {
        return limits.truncatePage(addr);
    }

    /** The address behind the range; below {@link #start} (unsigned) if the range wraps. */
    static long end(VmMap map, long addr, long len) {
        VmLimits limits = map.limits();
        if (limits.word(len) == 0 && !map.context().profile().has(Quirk.EMPTY_UNALIGNED)) {
            return start(limits, addr);
        }
        long pageOffset = addr & PagePool.PAGE_MASK;
        return limits.word(start(limits, addr) + limits.roundPage(len + pageOffset));
    }

    /** Whether the range wraps, or its length does and the profile minds. */
    static boolean refused(VmMap map, long addr, long len, long end) {
        VmLimits limits = map.limits();
        if (Long.compareUnsigned(end, start(limits, addr)) < 0) {
            return true;
        }
        long length = limits.word(len);
        long grown = limits.word(length + (addr & PagePool.PAGE_MASK));
        VmProfile profile = map.context().profile();
        if (Long.compareUnsigned(grown, length) < 0) {
            return !profile.has(Quirk.HUGE_LENGTH_WRAPS);
        }
        return grown != 0 && limits.roundPage(grown) == 0 && !profile.has(Quirk.HUGE_LENGTH_EMPTY);
    }
}
