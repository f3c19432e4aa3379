// SPDX-License-Identifier: BSD-2-Clause
package userland.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"0ns, 0", "500ms, 500000000", "1.5s, 1500000000", "20us, 20000", "7ns, 7", "2m, 120000000000",
        "1h, 3600000000000", "' 3 s ', 3000000000", "0.000000001s, 1", "0s, 0"})
    void reads(String text, long nanos) {
        assertEquals(nanos, DurationText.parseNanos(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-1s", "1.s", ".5s", "1 week", "1.5ns", "9999999h", "1e3s", "0x10s"})
    void refusesAndNamesTheText(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> DurationText.parseNanos(text)).getMessage();
        assertTrue(message.contains("'" + text + "'"), message);
    }

    @ParameterizedTest
    @CsvSource({"0, 0ns", "999, 999ns", "1000, 1us", "1500, 1.5us", "500000000, 500ms",
        "1234567890, 1.235s", "-2000, -2us"})
    void writes(long nanos, String text) {
        assertEquals(text, DurationText.format(nanos));
    }
}
