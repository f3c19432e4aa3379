// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongDescriptorWalkerTest {
    private static final long VA = 0x0000fedc12345678L;
    private static final long LEAF = 3 | Descriptor.USER | Descriptor.INNER_SHAREABLE | Descriptor.ACCESS_FLAG
            | Descriptor.NOT_GLOBAL | Descriptor.PRIVILEGED_NO_EXECUTE;
    private static final long[] TABLES = {0x1000, 0x2000, 0x3000, 0x4000};
    private static final int[] SHIFTS = {39, 30, 21, 12};

    private final PhysicalMemory memory = new PhysicalMemory(16 << 12);
    private final LongDescriptorWalker walker = new LongDescriptorWalker(44, false);
    private Translation found = new Translation();

    LongDescriptorWalkerTest() {
        for (int level = 0; level < 3; level++) {
            put(level, TABLES[level + 1] | 3);
        }
        put(3, 0x9000 | LEAF);
    }

    @AfterEach
    void free() {
        memory.close();
    }

    private void put(int level, long entry) {
        memory.put64(TABLES[level] + (VA >>> SHIFTS[level] & 511) * 8, entry);
    }

    private long get(int level) {
        return memory.get64(TABLES[level] + (VA >>> SHIFTS[level] & 511) * 8);
    }

    private int walk(int access) {
        found = new Translation();
        return walker.walk(memory, TABLES[0], VA, access, found);
    }

    @Test
    void findsAPageAndChangesNothing() {
        assertEquals(FaultKind.NONE, walk(Access.WRITE));
        assertEquals(0x9000, found.frame);
        assertEquals(12, found.pageShift);
        assertEquals(4, found.memoryReads);
        assertEquals(Access.READ | Access.WRITE | Access.EXEC, found.rights);
        assertTrue(found.dirtyKnown);
        assertEquals(0x9000 | LEAF, get(3));
    }

    @ParameterizedTest
    @CsvSource({
        // level whose descriptor is changed, bits set, bits cleared, access, kind, status
        "0, 0x0,                0x1,   1, 1, 0x04",
        "1, 0x0,                0x1,   1, 1, 0x05",
        "3, 0x0,                0x1,   1, 1, 0x07",
        "3, 0x0,                0x2,   1, 1, 0x07",
        "0, 0x0,                0x2,   1, 1, 0x04",
        "3, 0x80,               0x0,   2, 2, 0x4f",
        "3, 0x0,                0x40,  1, 2, 0x0f",
        "3, 0x0040000000000000, 0x0,   4, 2, 0x0f",
        "3, 0x0,                0x400, 1, 3, 0x0b",
        "3, 0x0,                0x400, 2, 3, 0x4b",
        "3, 0x0000100000000000, 0x0,   1, 4, 0x03",
        "1, 0x0000800000000000, 0x0,   1, 4, 0x01",
        "0, 0x1000000000000000, 0x0,   4, 2, 0x0f",
        "1, 0x2000000000000000, 0x0,   1, 2, 0x0f",
        "2, 0x4000000000000000, 0x0,   2, 2, 0x4f",
    })
    void faultsWithTheStatusOfTheProcessor(int level, String set, String clear, int access, int kind, String status) {
        put(level, get(level) & ~hex(clear) | hex(set));
        assertEquals(FaultKind.name(kind), FaultKind.name(walk(access)));
        assertEquals(Integer.decode(status), found.statusCode);
    }

    @Test
    void theAccessFlagComesBeforePermission() {
        put(3, 0x9000 | 3);
        assertEquals(FaultKind.ACCESS_FLAG, walk(Access.WRITE));
    }

    @ParameterizedTest
    @CsvSource({
        // bits set and cleared in the page, access, kind, bits set and cleared by the walk
        "0x0,                0x400, 1, 0, 0x400, 0x0",
        "0x0008000000000080, 0x400, 2, 0, 0x400, 0x80",
        "0x0008000000000080, 0x0,   1, 0, 0x0,   0x0",
        "0x80,               0x0,   2, 2, 0x0,   0x0",
        "0x80,               0x400, 2, 2, 0x0,   0x0",
        "0x0008000000000080, 0x40,  2, 2, 0x0,   0x0",
    })
    void hardwareManagementChangesWhatIsUsed(String set, String clear, int access, int kind, String on, String off) {
        long before = 0x9000 | LEAF & ~hex(clear) | hex(set);
        put(3, before);
        found = new Translation();
        int result = new LongDescriptorWalker(44, true).walk(memory, TABLES[0], VA, access, found);
        assertEquals(FaultKind.name(kind), FaultKind.name(result));
        assertEquals(before & ~hex(off) | hex(on), get(3));
        boolean readOnlyNow = (get(3) & Descriptor.READ_ONLY) != 0;
        assertEquals(kind == 0 && readOnlyNow ? Access.READ | Access.EXEC : found.rights, found.rights);
    }

    @Test
    void aReadOnlyTableKeepsDirtyManagementOut() {
        put(2, get(2) | Descriptor.TABLE_READ_ONLY);
        long clean = 0x9000 | LEAF | Descriptor.WRITABLE | Descriptor.READ_ONLY;
        put(3, clean);
        int kind = new LongDescriptorWalker(44, true).walk(memory, TABLES[0], VA, Access.WRITE, found);
        assertEquals(FaultKind.PERMISSION, kind);
        assertEquals(clean, get(3));
    }

    @ParameterizedTest
    @CsvSource({"2, 21", "1, 30"})
    void knowsBlocks(int level, int shift) {
        put(level, 0x40000000L | LEAF & ~Descriptor.TABLE_OR_PAGE);
        assertEquals(FaultKind.NONE, walk(Access.READ));
        assertEquals(0x40000000L, found.frame);
        assertEquals(shift, found.pageShift);
        assertEquals(level + 1, found.memoryReads);
    }

    @ParameterizedTest
    @CsvSource({"0x0001000000000000", "0xffff000000000000", "0x8000000000000000"})
    void theUpperRangeIsNotForUsers(String va) {
        assertEquals(FaultKind.TRANSLATION, walker.walk(memory, TABLES[0], hex(va), Access.READ, found));
        assertEquals(0x04, found.statusCode);
        assertEquals(0, found.memoryReads);
    }

    @Test
    void aSyndromeNamesTheKindOfAbort() {
        assertEquals(0x9200004f, FaultStatus.syndrome(0x4f, false));
        assertEquals(0x8200000f, FaultStatus.syndrome(0x0f, true));
    }

    private static long hex(String text) {
        return Long.parseUnsignedLong(text.substring(2), 16);
    }
}
