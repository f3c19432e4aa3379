// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.util.Arrays;

/** Where up to 16 neighbouring pages of an object are on the swap device ({@code struct swblock}, 2006). */
final class SwapRecord {
    static final int SHIFT = 4;
    static final int PAGES = 1 << SHIFT;
    static final int NONE = -1;

    final VmObject object;
    final long group;
    final int[] blocks = new int[PAGES];
    int used;

    SwapRecord hashNext;
    SwapRecord nextOfObject;
    SwapRecord previousOfObject;

    SwapRecord(VmObject object, long group) {
        this.object = object;
        this.group = group;
        Arrays.fill(blocks, NONE);
    }
}
