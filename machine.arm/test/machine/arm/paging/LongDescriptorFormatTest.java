// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.vm.pmap.VmProt;
import kernel.vm.radix.EntryFormat;
import kernel.vm.radix.RadixGeometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongDescriptorFormatTest {
    private static final int READ_WRITE = VmProt.READ | VmProt.WRITE;

    private final EntryFormat format = new LongDescriptorFormat(false);

    @Test
    void splitsAddresses() {
        RadixGeometry geometry = format.geometry();
        long va = 0x0000fedc12345678L;
        assertArrayEquals(
                new int[] {509, 368, 145, 325},
                new int[] {geometry.index(va, 0), geometry.index(va, 1), geometry.index(va, 2), geometry.index(va, 3)});
    }

    @Test
    void encodesTheGoldenDescriptors() {
        long clean = format.leaf(0x1234567000L, READ_WRITE, EntryFormat.SET_REFERENCED);
        assertEquals(0x0068001234567fc3L, clean);
        long managed = format.leaf(0x1234567000L, READ_WRITE, EntryFormat.SET_REFERENCED | EntryFormat.SET_MANAGED);
        assertEquals(0x0168001234567fc3L, managed);
        assertEquals(0x0168001234567f43L, format.withModified(managed, true));
    }

    @Test
    void namesTheBitsOfTheGoldenBlock() {
        assertEquals("block EL0 RO IS AF nG PXN 0x1234600000", format.decode(0x0020001234600fc1L, 2));
        assertEquals("table 0x5000", format.decode(format.table(0x5000, 1), 1));
        assertEquals("page EL0 RO IS AF nG DBM PXN UXN managed 0x1234567000", format.decode(0x0168001234567fc3L, 3));
        assertEquals("invalid", format.decode(0, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "3, 3", "4, 5", "5, 5", "7, 7", "2, 3"})
    void grantsNoMoreThanItCanExpress(int asked, int granted) {
        assertEquals(granted, format.prot(format.leaf(0x5000, asked, 0)));
    }

    @Test
    void aWritableCleanPageIsReadOnlyForTheHardware() {
        long clean = format.leaf(0x5000, READ_WRITE, EntryFormat.SET_REFERENCED);
        assertEquals(READ_WRITE, format.prot(clean));
        assertFalse(format.modified(clean));
        assertTrue((clean & Descriptor.READ_ONLY) != 0);
        long dirty = format.withModified(clean, true);
        assertTrue(format.modified(dirty));
        assertEquals(clean, format.withModified(dirty, false));
        assertEquals(VmProt.READ, format.prot(format.readOnly(dirty)));
        assertFalse(format.modified(format.readOnly(dirty)));
    }

    @Test
    void onlyUsedPagesAreCached() {
        long unused = format.leaf(0x5000, VmProt.READ, 0);
        assertFalse(format.mayBeCached(unused));
        assertTrue(format.mayBeCached(format.withReferenced(unused, true)));
    }
}
