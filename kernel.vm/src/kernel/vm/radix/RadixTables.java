// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import static kernel.vm.radix.TableStore.NONE;

import java.util.TreeMap;
import kernel.vm.pmap.TableVisitor;
import machine.core.memory.PhysicalMemory;

/** The tree of tables of one address space. */
final class RadixTables {
    private static final long NO_REGION = -1;

    private final EntryFormat format;
    private final RadixGeometry geometry;
    private final TableStore store;
    private final PhysicalMemory memory;
    private final long[] path;
    private final int leafLevel;
    private final int regionShift;
    private final int leafIndexMask;
    private final int entryBytes;
    private long root;
    private long skipTo;
    private long recentRegion = NO_REGION;
    private long recentTable;
    private long largeSlot = NONE;
    private StaleCheck check;
    /** Leaf tables whose place a superpage has taken, by its first address. */
    private final TreeMap<Long, Long> spares = new TreeMap<>();

    RadixTables(EntryFormat format, TableStore store, PhysicalMemory memory, long root) {
        this.format = format;
        this.store = store;
        this.memory = memory;
        this.root = root;
        geometry = format.geometry();
        leafLevel = geometry.leafLevel();
        path = new long[geometry.levels()];
        leafIndexMask = geometry.entries(leafLevel) - 1;
        regionShift = leafLevel == 0 ? 63 : geometry.shift(leafLevel - 1);
        entryBytes = geometry.entryBytes();
    }

    long root() {
        return root;
    }

    /** Says who looks at what is written, or nobody if it is null. */
    void check(StaleCheck next) {
        check = next;
    }

    long read(long slot) {
        return entryBytes == 8 ? memory.get64(slot) : memory.get32(slot) & 0xffffffffL;
    }

    /** Writes the descriptor of a page. */
    void write(long slot, long entry) {
        if (check != null) {
            check.writingLeaf(this, slot, read(slot), entry);
        }
        store(slot, entry);
    }

    private void store(long slot, long entry) {
        if (entryBytes == 8) {
            memory.put64(slot, entry);
        } else {
            memory.put32(slot, (int) entry);
        }
    }

    /**
     * Makes the tables that stay as long as the root.
     *
     * @return false when memory is short; the root is retired then
     */
    boolean makeFixed() {
        if (fill(root, 0)) {
            return true;
        }
        retireRoot();
        return false;
    }

    private boolean fill(long table, int level) {
        if (level + 1 == format.fixedLevels()) {
            return true;
        }
        for (int index = 0; index < geometry.entries(level); index++) {
            long made = store.allocate(level + 1);
            if (made == NONE) {
                return false;
            }
            store(table + (long) index * entryBytes, format.table(made, level));
            store.addLive(table, 1);
            if (!fill(made, level + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Where the leaf descriptor of an address is, or {@link TableStore#NONE} when its table does not exist. */
    long leafSlot(long va) {
        long table = leafTable(va);
        return table == NONE ? NONE : slot(table, va);
    }

    long slot(long leafTable, long va) {
        return leafTable + ((va >>> PhysicalMemory.PAGE_SHIFT) & leafIndexMask) * entryBytes;
    }

    /** The leaf of an address, also of one in a superpage; 0 when there is none. */
    long leaf(long va) {
        long table = leafTable(va);
        if (table != NONE) {
            return read(slot(table, va));
        }
        int page = (int) (va >>> PhysicalMemory.PAGE_SHIFT) & leafIndexMask;
        return largeSlot == NONE ? 0 : format.advance(format.small(read(largeSlot)), page);
    }

    /**
     * The leaf table of an address, or NONE.
     *
     * <p>Then {@link #skipTo} is the first address that may have one, and {@link #largeSlot()} says whether the address
     * is in a superpage.
     */
    long leafTable(long va) {
        long region = va >>> regionShift;
        if (region == recentRegion) {
            return recentTable;
        }
        long table = root;
        for (int level = 0; level < leafLevel; level++) {
            long entry = read(slotAt(table, va, level));
            if (!format.isTable(entry, level)) {
                skipTo = ((va >>> geometry.shift(level)) + 1) << geometry.shift(level);
                largeSlot = format.isLarge(entry, level) ? slotAt(table, va, level) : NONE;
                return NONE;
            }
            table = format.tableAddress(entry);
        }
        recentRegion = region;
        recentTable = table;
        return table;
    }

    /** After {@link #leafTable} gave none: the descriptor of the superpage that the address is in, or NONE. */
    long largeSlot() {
        return largeSlot;
    }

    /** The descriptor that points at the leaf table of an address or maps its superpage; its path exists. */
    long parentSlot(long va) {
        long table = root;
        for (int level = 0; level < leafLevel - 1; level++) {
            table = format.tableAddress(read(slotAt(table, va, level)));
        }
        return slotAt(table, va, leafLevel - 1);
    }

    /** The table that holds the descriptor of {@link #parentSlot}. */
    long parentTable(long parentSlot) {
        return parentSlot & -(long) geometry.tableBytes(leafLevel - 1);
    }

    /** Changes what stands above the leaves: a leaf table, a superpage or nothing. */
    void writeParent(long slot, long entry) {
        if (check != null) {
            check.writingParent(this, slot, read(slot), entry);
        }
        store(slot, entry);
        recentRegion = NO_REGION;
    }

    TreeMap<Long, Long> spares() {
        return spares;
    }

    /** The leaf table of an address, made if it does not exist; NONE when memory is short, with nothing changed. */
    long makeLeafTable(long va) {
        long table = leafTable(va);
        return table != NONE ? table : growPath(va);
    }

    private long growPath(long va) {
        long table = makePath(va, leafLevel);
        if (table != NONE) {
            recentRegion = va >>> regionShift;
            recentTable = table;
        }
        return table;
    }

    /** The table that holds the descriptor of {@link #parentSlot}, made if it does not exist; NONE as above. */
    long makeParentTable(long va) {
        return makePath(va, leafLevel - 1);
    }

    private long makePath(long va, int depth) {
        long table = root;
        for (int level = 0; level < depth; level++) {
            long slot = slotAt(table, va, level);
            long entry = read(slot);
            if (!format.isTable(entry, level)) {
                long made = store.allocate(level + 1);
                if (made == NONE) {
                    prune(va);
                    store.freeRetired();
                    return NONE;
                }
                entry = format.table(made, level);
                store(slot, entry);
                store.addLive(table, 1);
            }
            table = format.tableAddress(entry);
        }
        return table;
    }

    /** Unlinks and retires the empty tables on the path of an address, leaf first; the fixed ones stay. */
    void prune(long va) {
        int depth = 0;
        path[0] = root;
        while (depth < leafLevel) {
            long entry = read(slotAt(path[depth], va, depth));
            if (!format.isTable(entry, depth)) {
                break;
            }
            path[++depth] = format.tableAddress(entry);
        }
        while (depth >= format.fixedLevels() && store.live(path[depth]) == 0) {
            store.retire(path[depth], depth);
            depth--;
            store(slotAt(path[depth], va, depth), 0);
            store.addLive(path[depth], -1);
            recentRegion = NO_REGION;
        }
    }

    /** Visits every present leaf of a range in order and retires tables that are empty afterwards. */
    void sweep(RadixPmap pmap, long start, long end, LeafVisitor visitor) {
        long va = start;
        while (va < end) {
            long table = leafTable(va);
            if (table == NONE) {
                va = largeSlot == NONE ? skipTo : superpage(pmap, va, end, visitor);
                continue;
            }
            long tableEnd = ((va >>> regionShift) + 1) << regionShift;
            long stop = Math.min(end, tableEnd);
            for (long at = va; at < stop; at += PhysicalMemory.PAGE_SIZE) {
                long slot = slot(table, at);
                long entry = read(slot);
                if (format.present(entry)) {
                    visitor.leaf(pmap, at, table, slot, entry);
                }
            }
            if (store.live(table) == 0) {
                prune(va);
            }
            va = stop;
        }
    }

    /** Shows a superpage; returns where to go on: behind it, or at the same address if it was demoted. */
    private long superpage(RadixPmap pmap, long va, long end, LeafVisitor visitor) {
        long first = va >>> regionShift << regionShift;
        long behind = first + (1L << regionShift);
        boolean whole = va == first && end >= behind;
        if (visitor.superpage(pmap, first, largeSlot, format.small(read(largeSlot)), whole)) {
            return behind;
        }
        pmap.module().superpages().demote(pmap, va);
        return va;
    }

    /** Visits every table, the root first, children in order of address; spare tables stand under their superpage. */
    void forEachTable(TableVisitor visitor) {
        new TableListing(this, format, store, visitor).visit(root, 0, 0);
    }

    /** Retires the root and the tables fixed below it; no leaf is left. */
    void retireRoot() {
        forEachTable((level, table, bytes, firstVa, live) -> store.retire(table, level));
        root = NONE;
        recentRegion = NO_REGION;
    }

    /** Where the descriptor of an address is in a table of a level. */
    long slotAt(long table, long va, int level) {
        return table + (long) geometry.index(va, level) * entryBytes;
    }
}
