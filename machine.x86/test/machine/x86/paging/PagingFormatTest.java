// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kernel.vm.pmap.VmProt;
import kernel.vm.radix.EntryFormat;
import kernel.vm.radix.RadixGeometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingFormatTest {
    @Test
    void aLargePageIsALeafWithPsAndAMark() {
        for (PagingFormat format : new PagingFormat[] {PagingFormat.fourLevels(), PagingFormat.pae()}) {
            int above = format.geometry().leafLevel() - 1;
            long leaf = 0x8000_0012_3460_0467L;
            assertEquals(0x8000_0012_3460_04e7L, format.large(leaf, false));
            assertEquals(0x8000_0012_3460_0ce7L, format.large(leaf, true));
            assertEquals(leaf, format.small(0x8000_0012_3460_0ce7L));
            assertEquals(true, format.wasPromoted(0x8000_0012_3460_0ce7L));
            assertEquals(true, format.isLarge(0x8000_0012_3460_04e7L, above));
            assertEquals(false, format.isLarge(0x8000_0012_3460_04e7L, above - 1));
            assertEquals(false, format.isLarge(leaf, above));
        }
    }

    private final EntryFormat format = PagingFormat.fourLevels();

    @ParameterizedTest
    @CsvSource({
        "0x00007f123456789a, 254,  72, 418, 359",
        "0xffff800000000000, 256,   0,   0,   0",
        "0xfffff80000000000, 496,   0,   0,   0",
        "0xfffffe0000000000, 508,   0,   0,   0",
        "0xffffffff80000000, 511, 510,   0,   0",
    })
    void splitsAddresses(String address, int pml4, int pdpt, int pd, int pt) {
        long va = Long.parseUnsignedLong(address.substring(2), 16);
        RadixGeometry geometry = format.geometry();
        assertArrayEquals(
                new int[] {pml4, pdpt, pd, pt},
                new int[] {geometry.index(va, 0), geometry.index(va, 1), geometry.index(va, 2), geometry.index(va, 3)});
    }

    @ParameterizedTest
    @CsvSource({
        "i386, 0xbfbfe123,         766 1022",
        "pae,  0xbfbfe123,         2 509 510",
        "la57, 0x00ab7f123456789a, 171 254 72 418 359",
    })
    void splitsAddressesOfTheOtherModes(String mode, String address, String indices) {
        RadixGeometry geometry = switch (mode) {
            case "i386" -> PagingFormat.twoLevels().geometry();
            case "pae" -> PagingFormat.pae().geometry();
            default -> PagingFormat.fiveLevels().geometry();
        };
        long va = Long.decode(address);
        String found = IntStream.range(0, geometry.levels()).mapToObj(level -> "" + geometry.index(va, level))
                .collect(Collectors.joining(" "));
        assertEquals(indices, found);
    }

    @Test
    void withoutNxEveryPageCanBeExecuted() {
        EntryFormat legacy = PagingFormat.twoLevels();
        long entry = legacy.leaf(0x12345000, VmProt.READ | VmProt.WRITE, EntryFormat.SET_MANAGED);
        assertEquals(0x12345407L, entry);
        assertEquals(VmProt.ALL, legacy.prot(entry));
        assertEquals(entry, legacy.noExecute(entry));
        assertEquals(4, legacy.geometry().entryBytes());
    }

    @Test
    void aDirectoryPointerCarriesNoRights() {
        EntryFormat pae = PagingFormat.pae();
        assertEquals(0x5001, pae.table(0x5000, 0));
        assertEquals(0x5007, pae.table(0x5000, 1));
        assertEquals(2, pae.fixedLevels());
    }

    @Test
    void encodesTheGoldenEntry() {
        int bits = EntryFormat.SET_REFERENCED | EntryFormat.SET_MODIFIED | EntryFormat.SET_MANAGED;
        assertEquals(0x8000001234567467L, format.leaf(0x1234567000L, VmProt.READ | VmProt.WRITE, bits));
    }

    @ParameterizedTest
    @CsvSource({
        // prot, what the entry grants: x86 cannot refuse reading of what can be executed
        "0, 0", "1, 1", "3, 3", "4, 5", "5, 5", "7, 7", "2, 3",
    })
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
    void aLargeEntryIsNoTable() {
        assertTrue(format.isTable(format.table(0x5000, 2), 2));
        assertFalse(format.isTable(format.table(0x5000, 2) | PageEntry.LARGE, 2));
        assertFalse(format.isTable(format.table(0x5000, 3), 3));
        assertFalse(format.isTable(0, 0));
    }

    @Test
    void namesItsBits() {
        assertEquals("P RW US A D managed NX page 0x1234567000", format.decode(0x8000001234567467L, 3));
        assertEquals("P RW US table 0x5000", format.decode(format.table(0x5000, 1), 1));
        assertEquals("not present", format.decode(0, 0));
    }
}
