// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.TreeMap;
import kernel.vm.map.EntryIndex;
import kernel.vm.map.MapIndexKind;
import kernel.vm.map.VmMapEntry;

/** A map index that does not mind to be told wrong things: a sorted map, and a walk to find gaps. */
final class SortedIndex implements MapIndexKind {
    @Override
    public String name() {
        return "sorted";
    }

    @Override
    public EntryIndex create(long maxAddress) {
        return new Index(maxAddress);
    }

    /** The index of one map. */
    private static final class Index implements EntryIndex {
        private final TreeMap<Long, VmMapEntry> entries = new TreeMap<>();
        private long max;

        Index(long max) {
            this.max = max;
        }

        @Override
        public void limit(long maxAddress) {
            max = maxAddress;
        }

        @Override
        public VmMapEntry floor(long address) {
            var found = entries.floorEntry(address);
            return found == null ? null : found.getValue();
        }

        @Override
        public void insert(VmMapEntry entry) {
            entries.put(entry.start(), entry);
        }

        @Override
        public void remove(VmMapEntry entry) {
            entries.remove(entry.start());
        }

        @Override
        public void moveStart(VmMapEntry entry, long newStart) {
            entries.remove(entry.start());
            entries.put(newStart, entry);
        }

        @Override
        public void gapChanged(VmMapEntry entry) {
            // Gaps are not kept.
        }

        @Override
        public VmMapEntry nextGap(VmMapEntry entry, long length) {
            VmMapEntry at = entry.next();
            while (at != null && (at.next() == null ? max : at.next().start()) - at.end() < length) {
                at = at.next();
            }
            return at;
        }
    }
}
