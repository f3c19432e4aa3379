// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.memory.PhysicalMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The TLB against a naive map of what may be cached. */
class MmuTest {

    private static final int PAGE = PhysicalMemory.PAGE_SIZE;
    private static final long BASE = 0x7f00_0000_0000L;

    private final PhysicalMemory memory = new PhysicalMemory(PAGE);
    private final Tables tables = new Tables();
    private long charged;
    private final Mmu mmu = new Mmu(memory, nanos -> charged += nanos);

    @AfterEach
    void close() {
        memory.close();
    }

    /** What one mapping says. */
    private record Mapping(long frame, int rights, int shift, boolean global, boolean dirty) {
    }

    /**
     * A walker over mappings in a map; the root picks the address space. The first pages are global, the
     * upper half of the addresses has pages of 64 KiB.
     */
    private static final class Tables implements Walker {
        final Map<Long, Mapping> mappings = new HashMap<>();
        int walks;

        static boolean global(long va) {
            return va < BASE + 8 * PAGE;
        }

        static int shift(long va) {
            return va < BASE + 32 * PAGE ? 12 : 16;
        }

        static long key(long root, long va) {
            return (global(va) ? 0 : root) << 60 | va >>> shift(va);
        }

        Mapping find(long root, long va) {
            return mappings.get(key(root, va));
        }

        @Override
        public int walk(PhysicalMemory memory, long root, long va, int access, Translation out) {
            walks++;
            out.memoryReads = 4;
            Mapping mapping = find(root, va);
            if (mapping == null) {
                out.level = 2;
                return FaultKind.TRANSLATION;
            }
            if ((mapping.rights & access) == 0) {
                out.statusCode = 7;
                return FaultKind.PERMISSION;
            }
            out.frame = mapping.frame;
            out.rights = mapping.rights;
            out.pageShift = mapping.shift;
            out.global = mapping.global;
            out.dirtyKnown = mapping.dirty || access == Access.WRITE;
            return FaultKind.NONE;
        }
    }

    private void map(long va, Mapping mapping) {
        tables.mappings.put(Tables.key(0, va), mapping);
    }

    private void install(TlbGeometry geometry) {
        mmu.install(tables, geometry, CostTable.free().with(Cost.WALK_FIXED, 3).with(Cost.WALK_LEVEL, 2));
    }

    /**
     * Random maps, unmaps, accesses and address-space switches, with exactly the invalidations a correct
     * pmap does. Every translation must be what the tables say.
     */
    @ParameterizedTest
    @CsvSource({"1, 1, 0, true", "8, 2, 0, true", "16, 4, 2, true", "48, 3, 4, true", "16, 4, 2, false",
            "64, 64, 8, false"})
    void translationsAreWhatTheTablesSay(int entries, int ways, int large, boolean tagged) {
        install(new TlbGeometry(entries, ways, large, tagged));
        Random random = new Random(entries * 31L + ways);
        long root = 0;
        for (int i = 0; i < 60_000; i++) {
            switch (random.nextInt(8)) {
                case 0 -> remap(random, root);
                case 1 -> {
                    root = random.nextInt(3);
                    mmu.load(root, (int) root);
                }
                case 2 -> {
                    if (random.nextInt(20) == 0) {
                        flush(random);
                    }
                }
                default -> access(random, root);
            }
        }
        assertTrue(mmu.stats().hits() > 1000 || entries == 1, mmu.stats().toString());
    }

    private void remap(Random random, long root) {
        long va = address(random);
        long key = Tables.key(root, va);
        Mapping old = tables.find(root, va);
        if (random.nextInt(3) == 0) {
            tables.mappings.remove(key);
        } else {
            tables.mappings.put(key, new Mapping((long) (1 + random.nextInt(1000)) << 16, 1 + random.nextInt(7),
                    Tables.shift(va), Tables.global(va), random.nextBoolean()));
        }
        if (old != null) {
            mmu.invalidatePage(va, (int) root);
        }
    }

    private void flush(Random random) {
        if (random.nextBoolean()) {
            mmu.invalidateAll();
            assertEquals(0, mmu.stats().valid());
        } else {
            mmu.invalidateAsid(random.nextInt(3));
        }
    }

    private void access(Random random, long root) {
        long va = address(random);
        int access = 1 << random.nextInt(3);
        Mapping mapping = tables.find(root, va);
        long expected = mapping == null || (mapping.rights & access) == 0 ? Mmu.FAULT
                : mapping.frame + (va & (1L << mapping.shift) - 1);
        assertEquals(expected, mmu.translate(va, access), () -> "at " + Long.toHexString(va) + " " + mapping);
        if (expected == Mmu.FAULT) {
            assertEquals(va, mmu.fault().va());
            assertEquals(mapping == null ? FaultKind.TRANSLATION : FaultKind.PERMISSION, mmu.fault().kind());
        }
    }

    private static long address(Random random) {
        return BASE + random.nextInt(64 * PAGE);
    }

    @Test
    void aWalkIsPaidForAndAHitIsNot() {
        install(new TlbGeometry(16, 4, 0, true));
        map(BASE + 0x5000, new Mapping(0x9000, 3, 12, false, true));
        assertEquals(0x9123, mmu.translate(BASE + 0x5123, Access.READ));
        assertEquals(3 + 4 * 2, charged);
        assertEquals(0x9004, mmu.translate(BASE + 0x5004, Access.WRITE));
        assertEquals(11, charged);
        assertEquals(1, mmu.stats().hits());
    }

    @Test
    void aWriteToAnEntryOfUnknownDirtyStateWalksOnce() {
        install(new TlbGeometry(16, 4, 0, true));
        map(BASE + 0x5000, new Mapping(0x9000, 3, 12, false, false));
        mmu.translate(BASE + 0x5000, Access.READ);
        mmu.translate(BASE + 0x5000, Access.WRITE);
        assertEquals(2, tables.walks);
        mmu.translate(BASE + 0x5000, Access.WRITE);
        mmu.translate(BASE + 0x5000, Access.READ);
        assertEquals(2, tables.walks);
    }

    @Test
    void aStaleEntryStaysUntilInvalidated() {
        install(new TlbGeometry(16, 4, 0, true));
        map(BASE + 0x5000, new Mapping(0x9000, 1, 12, false, true));
        mmu.translate(BASE + 0x5000, Access.READ);
        tables.mappings.clear();
        assertEquals(0x9000, mmu.translate(BASE + 0x5000, Access.READ), "nobody invalidated it");
        mmu.invalidatePage(BASE + 0x5abc, 0);
        assertEquals(Mmu.FAULT, mmu.translate(BASE + 0x5000, Access.READ));
        assertEquals(2, mmu.fault().level());
    }

    @Test
    void faultsAreNotCached() {
        install(new TlbGeometry(16, 4, 0, true));
        assertEquals(Mmu.FAULT, mmu.translate(BASE + 0x5000, Access.READ));
        map(BASE + 0x5000, new Mapping(0x9000, 1, 12, false, true));
        assertEquals(0x9000, mmu.translate(BASE + 0x5000, Access.READ));
        assertEquals(Mmu.FAULT, mmu.translate(BASE + 0x5000, Access.WRITE));
        assertEquals(7, mmu.fault().statusCode());
        map(BASE + 0x5000, new Mapping(0x9000, 3, 12, false, true));
        assertEquals(0x9000, mmu.translate(BASE + 0x5000, Access.WRITE), "relaxed rights need no invalidation");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void oneInvalidationDropsAllOfALargePage(int largeEntries) {
        install(new TlbGeometry(64, 4, largeEntries, true));
        long large = BASE + 0x2_0000;
        map(large, new Mapping(0x80_0000, 1, 16, false, true));
        for (long va = large; va < large + 0x1_0000; va += PAGE) {
            assertEquals(0x80_0010 + va - large, mmu.translate(va + 0x10, Access.READ));
        }
        assertEquals(largeEntries == 0 ? 16 : 1, tables.walks);
        mmu.invalidatePage(large + 0xf000, 0);
        assertEquals(0, mmu.stats().valid());
    }

    @Test
    void withoutTagsALoadDropsAllButGlobals() {
        install(new TlbGeometry(16, 4, 4, false));
        map(BASE + 0x5000, new Mapping(0x9000, 1, 12, true, true));
        map(BASE + 0x6000, new Mapping(0xa000, 1, 12, false, true));
        mmu.translate(BASE + 0x5000, Access.READ);
        mmu.translate(BASE + 0x6000, Access.READ);
        mmu.load(0, 0);
        assertEquals(1, mmu.stats().valid());
    }

    @Test
    void withoutAMachineEverythingIsAFault() {
        assertEquals(Mmu.FAULT, mmu.translate(0, Access.READ));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "12, 1, 0", "16, 3, 0", "16, 4, -1"})
    void impossibleShapesAreRefused(int entries, int ways, int large) {
        assertThrows(IllegalArgumentException.class, () -> new TlbGeometry(entries, ways, large, true));
    }
}
