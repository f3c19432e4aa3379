// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.Arrays;

/** The pmaps of a module by number; list entries name a pmap by its number. */
final class PmapList {
    private RadixPmap[] pmaps = new RadixPmap[16];
    private int lowestFree;

    /** The lowest number that is free; {@link #set} takes it. */
    int freeId() {
        while (lowestFree < pmaps.length && pmaps[lowestFree] != null) {
            lowestFree++;
        }
        if (lowestFree == pmaps.length) {
            pmaps = Arrays.copyOf(pmaps, lowestFree * 2);
        }
        return lowestFree;
    }

    void set(RadixPmap pmap) {
        pmaps[pmap.id()] = pmap;
    }

    void remove(RadixPmap pmap) {
        pmaps[pmap.id()] = null;
        lowestFree = Math.min(lowestFree, pmap.id());
    }

    /** Every number is below this. */
    int limit() {
        return pmaps.length;
    }

    /** A pmap by number, or null. */
    RadixPmap get(int id) {
        return pmaps[id];
    }
}
