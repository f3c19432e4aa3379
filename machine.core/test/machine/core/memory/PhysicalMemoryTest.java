// SPDX-License-Identifier: BSD-2-Clause
package machine.core.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhysicalMemoryTest {

    private final PhysicalMemory memory = new PhysicalMemory(4 * PhysicalMemory.PAGE_SIZE);

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void valuesAreLittleEndianAndNeedNoAlignment() {
        memory.put64(3, 0x1122334455667788L);
        assertEquals(0x88, memory.get8(3));
        assertEquals(0x7788, memory.get16(3));
        assertEquals(0x55667788, memory.get32(3));
        assertEquals(0x1122334455667788L, memory.get64(3));
        memory.put32(3, -1);
        memory.put16(7, 0xabcd);
        memory.put8(9, 0x1ff);
        assertEquals(0x11ffabcdffffffffL, memory.get64(3));
    }

    @Test
    void compareAndSwapStoresOnlyWhatWasExpected() {
        assertTrue(memory.cas32(8, 0, 5));
        assertFalse(memory.cas32(8, 0, 6));
        assertEquals(5, memory.get32(8));
        assertTrue(memory.cas64(8, 5, -1));
        assertFalse(memory.cas64(8, 5, 7));
        assertEquals(-1, memory.get64(8));
    }

    @Test
    void blocksAreCopiedAndZeroed() {
        byte[] bytes = {1, 2, 3, 4, 5};
        memory.write(100, bytes, 1, 3);
        memory.copy(100, 101, 3);
        byte[] out = new byte[6];
        memory.read(99, out, 0, 6);
        assertArrayEquals(new byte[] {0, 2, 2, 3, 4, 0}, out);
        memory.zero(101, 2);
        memory.read(99, out, 0, 6);
        assertArrayEquals(new byte[] {0, 2, 0, 0, 4, 0}, out);
    }

    @Test
    void addressesOutsideAreRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> memory.get8(memory.size()));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.put64(memory.size() - 7, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.get32(-1));
        assertEquals(4, memory.frames());
    }

    @Test
    void closedMemoryIsRefused() {
        memory.close();
        memory.close();
        assertThrows(IllegalStateException.class, () -> memory.get8(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -4096, 4095})
    void impossibleSizesAreRefused(long size) {
        assertThrows(IllegalArgumentException.class, () -> new PhysicalMemory(size));
    }

    @Test
    void devicesAreBehindRam() {
        try (PhysicalMemory both = new PhysicalMemory(2 * PhysicalMemory.PAGE_SIZE, PhysicalMemory.PAGE_SIZE)) {
            assertEquals(2, both.frames());
            assertEquals(2 * PhysicalMemory.PAGE_SIZE, both.size());
            assertEquals(PhysicalMemory.PAGE_SIZE, both.deviceBytes());
            both.put64(both.size(), 7);
            assertEquals(7, both.get64(both.size()));
            assertThrows(IndexOutOfBoundsException.class, () -> both.get8(both.size() + both.deviceBytes()));
        }
        assertThrows(IllegalArgumentException.class, () -> new PhysicalMemory(PhysicalMemory.PAGE_SIZE, 5));
    }

    /** Would need a terabyte if it were not freed, or not lazy. */
    @Test
    void memoryIsFreedAndStartsZeroed() {
        for (int i = 0; i < 1000; i++) {
            try (PhysicalMemory large = new PhysicalMemory(8L << 20)) {
                assertEquals(0, large.get64((long) i * 4096));
                large.put64((long) i * 4096, -1);
            }
        }
    }
}
