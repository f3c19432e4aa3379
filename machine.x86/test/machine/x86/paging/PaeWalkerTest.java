// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaeWalkerTest {
    private static final long VA = 0xbfbfe123L;
    private static final long USER_PAGE = PageEntry.PRESENT | PageEntry.WRITE | PageEntry.USER;

    /** The pointer table is aligned to 32 bytes only. */
    private static final long POINTERS = 0x1420;

    private static final long[] SLOTS = {POINTERS + 2 * 8, 0x2000 + 509 * 8, 0x3000 + 510 * 8};

    private final PhysicalMemory memory = new PhysicalMemory(16 << 12);
    private final PaeWalker walker = new PaeWalker(36);
    private Translation found = new Translation();

    PaeWalkerTest() {
        memory.put64(SLOTS[0], 0x2000 | PageEntry.PRESENT);
        memory.put64(SLOTS[1], 0x3000 | USER_PAGE);
        memory.put64(SLOTS[2], 0x9000 | USER_PAGE);
    }

    @AfterEach
    void free() {
        memory.close();
    }

    private int walk(long va, int access) {
        found = new Translation();
        return walker.walk(memory, POINTERS, va, access, found);
    }

    @Test
    void findsAPageWithTwoReads() {
        assertEquals(FaultKind.NONE, walk(VA, Access.WRITE));
        assertEquals(0x9000, found.frame);
        assertEquals(2, found.memoryReads);
        assertEquals(2, found.level);
        assertEquals(0x2000 | PageEntry.PRESENT, memory.get64(SLOTS[0]), "a pointer is never written");
        assertEquals(0x3000 | USER_PAGE | PageEntry.ACCESSED, memory.get64(SLOTS[1]));
        assertEquals(0x9000 | USER_PAGE | PageEntry.ACCESSED | PageEntry.DIRTY, memory.get64(SLOTS[2]));
    }

    @Test
    void knowsLargePages() {
        memory.put64(SLOTS[1], 0x4000_0000L | USER_PAGE | PageEntry.LARGE);
        assertEquals(FaultKind.NONE, walk(VA, Access.READ));
        assertEquals(0x4000_0000L, found.frame);
        assertEquals(21, found.pageShift);
        assertEquals(1, found.level);
    }

    @ParameterizedTest
    @CsvSource({
        // level whose entry is changed, bits set, bits cleared, access, kind, error code
        "0, 0x0,                0x1, 1, 1, 0x4",
        "1, 0x0,                0x1, 2, 1, 0x6",
        "2, 0x0,                0x1, 4, 1, 0x14",
        "2, 0x0,                0x2, 2, 2, 0x7",
        "1, 0x0,                0x4, 1, 2, 0x5",
        "2, 0x8000000000000000, 0x0, 4, 2, 0x15",
        "2, 0x0000001000000000, 0x0, 1, 4, 0xd",
        "0, 0x0000001000000000, 0x0, 1, 4, 0xd",
        "0, 0x0000000000000002, 0x0, 1, 4, 0xd",
        "0, 0x0000000000000020, 0x0, 1, 4, 0xd",
        "0, 0x8000000000000000, 0x0, 1, 4, 0xd",
    })
    void faultsWithTheCodeOfTheProcessor(int level, String set, String clear, int access, int kind, String code) {
        long bits = Long.parseUnsignedLong(set.substring(2), 16);
        memory.put64(SLOTS[level], memory.get64(SLOTS[level]) & ~Long.decode(clear) | bits);
        assertEquals(FaultKind.name(kind), FaultKind.name(walk(VA, access)));
        assertEquals(Integer.decode(code), found.statusCode);
        assertEquals(kind == FaultKind.PERMISSION ? 2 : level, found.level);
    }

    @Test
    void anAddressOfMoreThan32BitsIsNotPresent() {
        assertEquals(FaultKind.TRANSLATION, walk(VA | 1L << 32, Access.READ));
        assertEquals(0, found.memoryReads);
    }
}
