// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.vm.pmap.VmProt;
import kernel.vm.radix.EntryFormat;
import kernel.vm.radix.RadixGeometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortDescriptorFormatTest {
    private final EntryFormat format = new ShortDescriptorFormat();

    @Test
    void splitsAddresses() {
        RadixGeometry geometry = format.geometry();
        assertEquals(0xbfb, geometry.index(0xbfbfe123L, 0));
        assertEquals(254, geometry.index(0xbfbfe123L, 1));
        assertEquals(16 << 10, geometry.tableBytes(0));
        assertEquals(1 << 10, geometry.tableBytes(1));
    }

    @Test
    void encodesTheGoldenEntries() {
        assertEquals(0x00abc421L, format.table(0x00abc400, 0));
        long entry = format.leaf(0x12345000, VmProt.READ | VmProt.WRITE, EntryFormat.SET_REFERENCED);
        assertEquals(0x12345e33L, entry);
        assertFalse(format.modified(entry));
        assertEquals(VmProt.READ | VmProt.WRITE, format.prot(entry));
        assertEquals(0x12345c33L, format.withModified(entry, true));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "3, 3", "4, 5", "5, 5", "7, 7", "2, 3"})
    void grantsNoMoreThanItCanExpress(int asked, int granted) {
        assertEquals(granted, format.prot(format.leaf(0x5000, asked, 0)));
    }

    @Test
    void aReadOnlyEntryIsNotModified() {
        long entry = format.leaf(0x5000, VmProt.READ | VmProt.WRITE, EntryFormat.SET_MODIFIED);
        assertTrue(format.modified(entry));
        assertFalse(format.modified(format.readOnly(entry)));
        assertEquals(VmProt.READ, format.prot(format.readOnly(entry)));
    }

    @Test
    void namesItsBits() {
        assertEquals("small page XN AF PL0 AP[2] S nG 0x12345000", format.decode(0x12345e33L, 1));
        assertEquals("table domain 1 0xabc400", format.decode(0x00abc421L, 0));
        assertEquals("invalid", format.decode(0, 1));
    }
}
