// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.vm.radix.EntryFormat;
import org.junit.jupiter.api.Test;

class SuperpageFormatTest {
    @Test
    void aBlockIsAPageWithoutBitOne() {
        EntryFormat format = new LongDescriptorFormat(false);
        long page = 0x0020_0012_3460_0fc3L;
        assertEquals(0x0020_0012_3460_0fc1L, format.large(page, true));
        assertEquals(page, format.small(format.large(page, true)));
        assertTrue(format.isLarge(0x0020_0012_3460_0fc1L, 2));
        assertFalse(format.isLarge(page, 2));
        assertFalse(format.isLarge(0x0020_0012_3460_0fc1L, 1));
        assertEquals(0x0020_0012_3460_1fc3L, format.advance(page, 1));
    }

    @Test
    void aSectionHasTheAttributesOfAPageSixBitsHigher() {
        EntryFormat format = new ShortDescriptorFormat();
        // User, accessed, not modified, XN, S, nG: the small page and the section of the same memory.
        long page = 0x1230_0e33L;
        assertEquals(0x1233_8c32L, format.large(page, true));
        assertEquals(page, format.small(0x1233_8c32L));
        assertTrue(format.isLarge(0x1233_8c32L, 0));
        assertFalse(format.isLarge(0x1237_8c32L, 0), "a supersection");
        assertFalse(format.isLarge(0x00ab_c421L, 0), "a table");
    }

    @Test
    void everyAttributeSurvives() {
        EntryFormat format = new ShortDescriptorFormat();
        for (int bits = 0; bits < 1 << 11; bits++) {
            long page = 0x1230_0000L | (bits & 0x3ff) << 2 | 2 | bits >>> 10;
            assertEquals(page, format.small(format.large(page, false)), Long.toHexString(page));
        }
    }
}
