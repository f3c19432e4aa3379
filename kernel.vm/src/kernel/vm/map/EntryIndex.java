// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.map;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds the entries of one map by address, and gaps by size; the entries' own list gives their order.
 *
 * <p>A map calls it on the engine thread, under its lock: for writing, or for {@link #floor} and {@link #nextGap} also
 * for reading, when several readers may be in the map but nothing interleaves inside of a call. It never blocks, never
 * throws for what this contract allows, and never changes an entry, but for {@link VmMapEntry#indexNode(Object)},
 * which belongs to the index alone. Entries are disjoint and not empty.
 */
@ConsumerType
public interface EntryIndex {
    /** The space behind the last entry ends here from now on. */
    void limit(long maxAddress);

    /** The last entry that starts at or below the address, or null. */
    VmMapEntry floor(long address);

    /** Adds an entry; it is in the list already, between its neighbours and with its final bounds. */
    void insert(VmMapEntry entry);

    /** Takes an entry out; it is still in the list. */
    void remove(VmMapEntry entry);

    /**
     * An entry is about to start somewhere else; the order of entries stays.
     *
     * <p>The free space behind its predecessor ends at the new start. {@link VmMapEntry#start()} is still the old one,
     * and becomes the new one right after this call.
     */
    void moveStart(VmMapEntry entry, long newStart);

    /** The end of an entry, or the start of the one behind it, has changed: so has the free space behind it. */
    void gapChanged(VmMapEntry entry);

    /**
     * The first entry behind another with enough free space behind it.
     *
     * @param entry where to begin, itself left out
     * @param length how many free bytes there must be up to the next entry, or to the limit
     * @return the entry, or null
     */
    VmMapEntry nextGap(VmMapEntry entry, long length);
}
