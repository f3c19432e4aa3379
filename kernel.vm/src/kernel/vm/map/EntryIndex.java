// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

/**
 * Finds map entries by address and gaps by size; the entries' own list gives their order.
 *
 * <p>An entry is in the list with its final start before it is inserted here, and still in the list when it is
 * removed. Whoever changes an entry's end, or the start of its successor, calls {@link #gapChanged}.
 */
interface EntryIndex {
    /** The space behind the last entry ends here from now on. */
    void limit(long maxAddress);

    /** The last entry that starts at or below the address, or null. */
    VmMapEntry floor(long address);

    void insert(VmMapEntry entry);

    void remove(VmMapEntry entry);

    /** Changes the start of an entry without changing the order of entries. */
    void moveStart(VmMapEntry entry, long newStart);

    /** The free space behind an entry changed. */
    void gapChanged(VmMapEntry entry);

    /** The first entry behind {@code entry} with at least {@code length} free bytes behind it, or null. */
    VmMapEntry nextGap(VmMapEntry entry, long length);
}
