// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongModeWalkerTest {
    private static final long VA = 0x00007f123456789aL;
    private static final long TABLE = PageEntry.PRESENT | PageEntry.WRITE | PageEntry.USER;
    private static final long[] TABLES = {0x1000, 0x2000, 0x3000, 0x4000};
    private static final int[] SHIFTS = {39, 30, 21, 12};

    private final PhysicalMemory memory = new PhysicalMemory(16 << 12);
    private final LongModeWalker walker = new LongModeWalker(4, 46);
    private Translation found = new Translation();

    LongModeWalkerTest() {
        for (int level = 0; level < 3; level++) {
            put(level, TABLES[level + 1] | TABLE);
        }
        put(3, 0x9000 | TABLE);
    }

    @AfterEach
    void free() {
        memory.close();
    }

    private static long slot(int level) {
        return TABLES[level] + (VA >>> SHIFTS[level] & 511) * 8;
    }

    private void put(int level, long entry) {
        memory.put64(slot(level), entry);
    }

    private long get(int level) {
        return memory.get64(slot(level));
    }

    private int walk(int access) {
        found = new Translation();
        return walker.walk(memory, TABLES[0], VA, access, found);
    }

    @Test
    void findsAPage() {
        assertEquals(FaultKind.NONE, walk(Access.READ));
        assertEquals(0x9000, found.frame);
        assertEquals(12, found.pageShift);
        assertEquals(4, found.memoryReads);
        assertEquals(Access.READ | Access.WRITE | Access.EXEC, found.rights);
        assertFalse(found.global);
    }

    @Test
    void aReadSetsAccessedInAllLevelsAndDirtyInNone() {
        walk(Access.READ);
        for (int level = 0; level < 4; level++) {
            assertEquals(PageEntry.ACCESSED, get(level) & (PageEntry.ACCESSED | PageEntry.DIRTY), "level " + level);
        }
        assertFalse(found.dirtyKnown);
    }

    @Test
    void aWriteSetsDirtyInTheLeafOnly() {
        walk(Access.WRITE);
        assertEquals(0, get(2) & PageEntry.DIRTY);
        assertEquals(PageEntry.DIRTY, get(3) & PageEntry.DIRTY);
        assertTrue(found.dirtyKnown);
    }

    @Test
    void aRefusedAccessSetsNothing() {
        put(3, 0x9000 | PageEntry.PRESENT | PageEntry.USER);
        assertEquals(FaultKind.PERMISSION, walk(Access.WRITE));
        assertEquals(0, get(0) & PageEntry.ACCESSED);
        assertEquals(0x9000 | PageEntry.PRESENT | PageEntry.USER, get(3));
    }

    @ParameterizedTest
    @CsvSource({
        // level whose entry is changed, bits set, bits cleared, access, kind, error code
        "0, 0x0,                0x1, 1, 1, 0x4",
        "3, 0x0,                0x1, 1, 1, 0x4",
        "3, 0x0,                0x1, 2, 1, 0x6",
        "3, 0x0,                0x1, 4, 1, 0x14",
        "3, 0x0,                0x2, 2, 2, 0x7",
        "1, 0x0,                0x2, 2, 2, 0x7",
        "3, 0x0,                0x4, 1, 2, 0x5",
        "0, 0x0,                0x4, 1, 2, 0x5",
        "3, 0x8000000000000000, 0x0, 4, 2, 0x15",
        "2, 0x8000000000000000, 0x0, 4, 2, 0x15",
        "3, 0x0000400000000000, 0x0, 1, 4, 0xd",
        "2, 0x0008000000000000, 0x0, 1, 4, 0xd",
        "0, 0x0000000000000080, 0x0, 1, 4, 0xd",
    })
    void faultsWithTheCodeOfTheProcessor(int level, String set, String clear, int access, int kind, String code) {
        put(level, get(level) & ~hex(clear) | hex(set));
        assertEquals(FaultKind.name(kind), FaultKind.name(walk(access)));
        assertEquals(Integer.decode(code), found.statusCode);
        assertEquals(kind == FaultKind.PERMISSION ? 3 : level, found.level);
    }

    @ParameterizedTest
    @CsvSource({
        // level, size, frame bits that must be zero
        "2, 21, 0x40000000, 0x2000",
        "1, 30, 0x40000000, 0x200000",
    })
    void knowsLargePages(int level, int shift, String frame, String reserved) {
        put(level, hex(frame) | TABLE | PageEntry.LARGE);
        assertEquals(FaultKind.NONE, walk(Access.READ));
        assertEquals(hex(frame), found.frame);
        assertEquals(shift, found.pageShift);
        assertEquals(level + 1, found.memoryReads);
        put(level, hex(frame) | TABLE | PageEntry.LARGE | 1L << 12);
        assertEquals(FaultKind.NONE, walk(Access.READ), "bit 12 is the PAT bit of a large page");
        put(level, hex(frame) | TABLE | PageEntry.LARGE | hex(reserved));
        assertEquals(FaultKind.RESERVED, walk(Access.READ));
    }

    @ParameterizedTest
    @CsvSource({"0x0000800000000000", "0x7fff000000000000", "0xffff000000000000"})
    void refusesAddressesThatAreNotCanonical(String va) {
        assertEquals(FaultKind.NON_CANONICAL, walker.walk(memory, TABLES[0], hex(va), Access.READ, found));
        assertEquals(0, found.memoryReads);
    }

    @Test
    void fiveLevelsTranslateWiderAddresses() {
        long va = 0x00ab7f123456789aL;
        memory.put64(0x5000 + 171 * 8, TABLES[0] | TABLE);
        assertEquals(FaultKind.NONE, new LongModeWalker(5, 46).walk(memory, 0x5000, va, Access.READ, found));
        assertEquals(5, found.memoryReads);
        assertEquals(0x9000, found.frame);
    }

    private static long hex(String text) {
        return Long.parseUnsignedLong(text.substring(2), 16);
    }
}
