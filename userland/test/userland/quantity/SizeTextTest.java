// SPDX-License-Identifier: BSD-2-Clause
package userland.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {
    @ParameterizedTest
    @CsvSource({"4096, 4096", "64K, 65536", "256M, 268435456", "1.5GiB, 1610612736", "2t, 2199023255552", "12 B, 12",
        "3MB, 3145728"})
    void reads(String text, long bytes) {
        assertEquals(bytes, SizeText.parseBytes(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1.5", "1X", "1MBB", "99999999T"})
    void refusesAndNamesTheText(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> SizeText.parseBytes(text)).getMessage();
        assertTrue(message.contains("'" + text + "'"), message);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4095, 4095", "4096, 4K", "268435456, 256M", "1073741824, 1G"})
    void writes(long bytes, String text) {
        assertEquals(text, SizeText.format(bytes));
    }
}
