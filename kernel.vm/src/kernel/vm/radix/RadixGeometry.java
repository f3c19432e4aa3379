// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import java.util.List;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ProviderType;

/** How a virtual address splits into table indices. Level 0 is the root, the last level holds the page entries. */
@ProviderType
public final class RadixGeometry {
    /**
     * One level.
     *
     * @param name what the architecture calls its tables, such as {@code PML4}
     * @param indexBits how many address bits choose an entry
     */
    public record Level(String name, int indexBits) {}

    private final List<Level> levels;
    private final int entryBytes;
    private final int[] shifts;

    /**
     * A geometry whose last level translates 4 KiB pages.
     *
     * @param entryBytes size of a descriptor: 4 or 8
     * @param levels from the root to the page tables
     */
    public RadixGeometry(int entryBytes, List<Level> levels) {
        if (entryBytes != 4 && entryBytes != 8) {
            throw new IllegalArgumentException("a descriptor has 4 or 8 bytes, not " + entryBytes);
        }
        this.levels = List.copyOf(levels);
        this.entryBytes = entryBytes;
        this.shifts = new int[levels.size()];
        int shift = PhysicalMemory.PAGE_SHIFT;
        for (int level = levels.size() - 1; level >= 0; level--) {
            shifts[level] = shift;
            shift += levels.get(level).indexBits();
        }
    }

    /** How many levels a full walk reads. */
    public int levels() {
        return shifts.length;
    }

    /** The level whose entries map pages. */
    public int leafLevel() {
        return shifts.length - 1;
    }

    /** Size of a descriptor in bytes. */
    public int entryBytes() {
        return entryBytes;
    }

    /** The architecture's name of a level. */
    public String levelName(int level) {
        return levels.get(level).name();
    }

    /** Number of entries in a table of a level. */
    public int entries(int level) {
        return 1 << levels.get(level).indexBits();
    }

    /** Size of a table of a level in bytes. */
    public int tableBytes(int level) {
        return entries(level) * entryBytes;
    }

    /** Number of page frames a table of a level takes; a table smaller than a page may share its page with others. */
    public int tablePages(int level) {
        return Math.max(1, tableBytes(level) >>> PhysicalMemory.PAGE_SHIFT);
    }

    /** Binary logarithm of the bytes that one entry of a level translates. */
    public int shift(int level) {
        return shifts[level];
    }

    /** Which entry of a table of a level translates an address. */
    public int index(long va, int level) {
        return (int) (va >>> shifts[level]) & (entries(level) - 1);
    }
}
