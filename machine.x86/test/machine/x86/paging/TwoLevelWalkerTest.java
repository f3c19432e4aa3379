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

class TwoLevelWalkerTest {
    private static final long VA = 0xbfbfe123L;
    private static final long DIRECTORY = 0x1000;
    private static final long TABLE = 0x2000;
    private static final int USER_PAGE = (int) (PageEntry.PRESENT | PageEntry.WRITE | PageEntry.USER);
    private static final long[] SLOTS = {DIRECTORY + 766 * 4, TABLE + 1022 * 4};

    private final PhysicalMemory memory = new PhysicalMemory(16 << 12);
    private final TwoLevelWalker walker = new TwoLevelWalker(40);
    private Translation found = new Translation();

    TwoLevelWalkerTest() {
        memory.put32(SLOTS[0], (int) TABLE | USER_PAGE);
        memory.put32(SLOTS[1], 0x9000 | USER_PAGE);
    }

    @AfterEach
    void free() {
        memory.close();
    }

    private int walk(int access) {
        return walk(walker, VA, access);
    }

    private int walk(TwoLevelWalker used, long va, int access) {
        found = new Translation();
        return used.walk(memory, DIRECTORY, va, access, found);
    }

    @Test
    void findsAPage() {
        assertEquals(FaultKind.NONE, walk(Access.READ));
        assertEquals(0x9000, found.frame);
        assertEquals(12, found.pageShift);
        assertEquals(1, found.level);
        assertEquals(2, found.memoryReads);
        assertEquals(Access.READ | Access.WRITE | Access.EXEC, found.rights);
        assertFalse(found.dirtyKnown);
    }

    @Test
    void aReadSetsAccessedAndAWriteDirtyInTheLeaf() {
        walk(Access.READ);
        assertEquals(TABLE | USER_PAGE | PageEntry.ACCESSED, memory.get32(SLOTS[0]));
        assertEquals(0x9000 | USER_PAGE | PageEntry.ACCESSED, memory.get32(SLOTS[1]));
        walk(Access.WRITE);
        assertEquals(TABLE | USER_PAGE | PageEntry.ACCESSED, memory.get32(SLOTS[0]));
        assertEquals(0x9000 | USER_PAGE | PageEntry.ACCESSED | PageEntry.DIRTY, memory.get32(SLOTS[1]));
        assertTrue(found.dirtyKnown);
    }

    @ParameterizedTest
    @CsvSource({
        // level whose entry is changed, bits cleared, access, kind, error code
        "0, 0x1, 1, 1, 0x4",
        "1, 0x1, 1, 1, 0x4",
        "1, 0x1, 2, 1, 0x6",
        "1, 0x1, 4, 1, 0x4",
        "1, 0x2, 2, 2, 0x7",
        "0, 0x2, 2, 2, 0x7",
        "1, 0x4, 1, 2, 0x5",
        "0, 0x4, 4, 2, 0x5",
    })
    void faultsWithTheCodeOfTheProcessor(int level, String clear, int access, int kind, String code) {
        int before = memory.get32(SLOTS[level]) & ~Integer.decode(clear);
        memory.put32(SLOTS[level], before);
        assertEquals(FaultKind.name(kind), FaultKind.name(walk(access)));
        assertEquals(Integer.decode(code), found.statusCode);
        assertEquals(kind == FaultKind.PERMISSION ? 1 : level, found.level);
        assertEquals(before, memory.get32(SLOTS[level]), "a refused access sets nothing");
    }

    @Test
    void readsTheGoldenLargePage() {
        memory.put32(SLOTS[0], 0x234020e7);
        assertEquals(FaultKind.NONE, walk(Access.WRITE));
        assertEquals(0x1_2340_0000L, found.frame);
        assertEquals(22, found.pageShift);
        assertEquals(1, found.memoryReads);
        assertTrue(found.dirtyKnown);
    }

    @ParameterizedTest
    @CsvSource({
        // MAXPHYADDR, entry, refused
        "40, 0x234020e7, false",
        "36, 0x234020e7, false",
        "32, 0x234020e7, true",
        "36, 0x2341e0e7, false",
        "36, 0x234200e7, true",
        "40, 0x234200e7, true",
    })
    void knowsReservedBitsOfLargePages(int physicalBits, String entry, boolean refused) {
        memory.put32(SLOTS[0], Integer.decode(entry) | (physicalBits == 40 && refused ? 1 << 21 : 0));
        int kind = walk(new TwoLevelWalker(physicalBits), VA, Access.READ);
        assertEquals(refused ? FaultKind.RESERVED : FaultKind.NONE, kind);
        assertEquals(refused ? 0xd : 0, found.statusCode);
    }

    @Test
    void anAddressOfMoreThan32BitsIsNotPresent() {
        assertEquals(FaultKind.TRANSLATION, walk(walker, VA | 1L << 32, Access.READ));
        assertEquals(0x4, found.statusCode);
    }
}
