// SPDX-License-Identifier: BSD-2-Clause
package examples.sortedarray;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.map.EntryIndex;
import kernel.vm.map.MapIndexKind;
import kernel.vm.map.VmMapEntry;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * A map index: the entries of a map in one sorted array, found by halving it, and gaps by a walk.
 *
 * <p>Finding is quick, changing moves half of the array: for maps with few entries that is hard to beat.
 */
@Component(service = MapIndexKind.class, scope = ServiceScope.PROTOTYPE, property = {"kernel.slot=mapindex",
    "kernel.variant=sortedarray", "kernel.description=map entries in one sorted array"})
public final class SortedArray implements MapIndexKind {
    @Override
    public String name() {
        return "sortedarray";
    }

    @Override
    public EntryIndex create(long maxAddress) {
        return new Index(maxAddress);
    }

    /** The index of one map. */
    private static final class Index implements EntryIndex {
        private final List<VmMapEntry> entries = new ArrayList<>();
        private long max;

        Index(long maxAddress) {
            max = maxAddress;
        }

        @Override
        public void limit(long maxAddress) {
            max = maxAddress;
        }

        /** How many entries start at or below the address. */
        private int upTo(long address) {
            int low = 0;
            int high = entries.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (entries.get(middle).start() <= address) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        @Override
        public VmMapEntry floor(long address) {
            int count = upTo(address);
            return count == 0 ? null : entries.get(count - 1);
        }

        @Override
        public void insert(VmMapEntry entry) {
            entries.add(upTo(entry.start()), entry);
        }

        @Override
        public void remove(VmMapEntry entry) {
            entries.remove(upTo(entry.start()) - 1);
        }

        /** The order stays, so there is nothing to move. */
        @Override
        public void moveStart(VmMapEntry entry, long newStart) {
        }

        /** Gaps are not kept. */
        @Override
        public void gapChanged(VmMapEntry entry) {
        }

        @Override
        public VmMapEntry nextGap(VmMapEntry entry, long length) {
            for (int i = upTo(entry.start()); i < entries.size(); i++) {
                long end = i + 1 < entries.size() ? entries.get(i + 1).start() : max;
                if (end - entries.get(i).end() >= length) {
                    return entries.get(i);
                }
            }
            return null;
        }
    }
}
