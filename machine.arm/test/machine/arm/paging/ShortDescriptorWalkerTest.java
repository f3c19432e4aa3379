// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortDescriptorWalkerTest {
    private static final long VA = 0xbfbfe123L;
    private static final long L1 = 0x4000;
    private static final long L2 = 0x8400;
    private static final long[] SLOTS = {L1 + 0x2fec, L2 + 0x3f8};
    private static final int TABLE = (int) L2 | 1 << 5 | ShortDescriptor.TABLE;
    private static final int PAGE = 0x12345000 | 0xc32;

    private final PhysicalMemory memory = new PhysicalMemory(16 << 12);
    private final ShortDescriptorWalker walker = new ShortDescriptorWalker();
    private Translation found = new Translation();

    ShortDescriptorWalkerTest() {
        memory.put32(SLOTS[0], TABLE);
        memory.put32(SLOTS[1], PAGE);
    }

    @AfterEach
    void free() {
        memory.close();
    }

    private int walk(long va, int access) {
        found = new Translation();
        return walker.walk(memory, L1, va, access, found);
    }

    @Test
    void findsTheGoldenPageAndChangesNothing() {
        assertEquals(FaultKind.NONE, walk(VA, Access.WRITE));
        assertEquals(0x12345000, found.frame);
        assertEquals(12, found.pageShift);
        assertEquals(2, found.memoryReads);
        assertEquals(Access.READ | Access.WRITE | Access.EXEC, found.rights);
        assertEquals(PAGE, memory.get32(SLOTS[1]));
        assertEquals(TABLE, memory.get32(SLOTS[0]));
    }

    @ParameterizedTest
    @CsvSource({
        // level whose descriptor is changed, bits set, bits cleared, access, kind, status (domain in 7:4, WnR bit 11)
        "0, 0x0,   0x1,  1, 1, 0x05",
        "0, 0x0,   0x1,  2, 1, 0x805",
        "0, 0x0,   0x1,  4, 1, 0x05",
        "1, 0x0,   0x2,  1, 1, 0x17",
        "1, 0x0,   0x2,  4, 1, 0x07",
        "1, 0x0,   0x10, 1, 3, 0x16",
        "1, 0x0,   0x10, 2, 3, 0x816",
        "1, 0x200, 0x0,  2, 2, 0x81f",
        "1, 0x0,   0x20, 1, 2, 0x1f",
        "1, 0x1,   0x0,  4, 2, 0x0f",
        "0, 0x40,  0x0,  1, 2, 0x3b",
        "0, 0x40,  0x0,  4, 2, 0x0b",
    })
    void faultsWithTheStatusOfTheProcessor(int level, String set, String clear, int access, int kind, String status) {
        memory.put32(SLOTS[level], memory.get32(SLOTS[level]) & ~Integer.decode(clear) | Integer.decode(set));
        assertEquals(FaultKind.name(kind), FaultKind.name(walk(VA, access)));
        assertEquals(Integer.decode(status), found.statusCode);
        assertEquals(kind == FaultKind.PERMISSION ? 1 : level, found.level);
    }

    @Test
    void theAccessFlagComesBeforeDomainAndPermission() {
        memory.put32(SLOTS[0], TABLE | 0x40);
        memory.put32(SLOTS[1], PAGE & ~0x30);
        assertEquals(FaultKind.ACCESS_FLAG, walk(VA, Access.WRITE));
    }

    @Test
    void theGoldenSectionIsTheKernels() {
        memory.put32(SLOTS[0], 0x80010412);
        assertEquals(FaultKind.PERMISSION, walk(VA, Access.READ));
        assertEquals(0x0d, found.statusCode);
        memory.put32(SLOTS[0], 0x80010412 | ShortDescriptor.SECTION_USER);
        assertEquals(FaultKind.NONE, walk(VA, Access.READ));
        assertEquals(0x80000000L, found.frame);
        assertEquals(20, found.pageShift);
        assertEquals(true, found.global);
        assertEquals(Access.READ | Access.WRITE, found.rights);
    }

    @Test
    void aSupersectionReaches40Bits() {
        memory.put32(SLOTS[0], 0x81000000 | 0x3 << 20 | 0x5 << 5 | ShortDescriptor.SUPERSECTION | 0x20c02);
        assertEquals(FaultKind.NONE, walk(VA, Access.READ));
        assertEquals(0x53_8100_0000L, found.frame);
        assertEquals(24, found.pageShift);
        assertEquals(false, found.global);
    }

    @Test
    void aLargePageHasItsOwnBitForExecution() {
        memory.put32(SLOTS[1], 0x12340000 | 0xc31);
        assertEquals(FaultKind.NONE, walk(VA, Access.EXEC));
        assertEquals(0x12340000, found.frame);
        assertEquals(16, found.pageShift);
        memory.put32(SLOTS[1], 0x12340000 | 0x8c31);
        assertEquals(FaultKind.PERMISSION, walk(VA, Access.EXEC));
    }

    @Test
    void anAddressOfMoreThan32BitsHasNoTranslation() {
        assertEquals(FaultKind.TRANSLATION, walk(VA | 1L << 32, Access.READ));
        assertEquals(0, found.memoryReads);
    }
}
