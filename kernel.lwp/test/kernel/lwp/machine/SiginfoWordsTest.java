// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiginfoWordsTest {
    private static final int AT = 8;

    private static ByteBuffer stored(int wordBytes, SignalInfo info) {
        byte[] bytes = new byte[AT + SiginfoWords.BYTES + 8];
        Arrays.fill(bytes, (byte) 0x55);
        new SiginfoWords(wordBytes).store(info, bytes, AT);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @CsvSource({"4, 12", "8, 16"})
    void aSentSignalHasSenderAndUser(int wordBytes, int union) {
        ByteBuffer bytes = stored(wordBytes, SignalInfo.sent(30, SignalInfo.SI_LWP, 7, 100));
        assertEquals(30, bytes.getInt(AT));
        assertEquals(-5, bytes.getInt(AT + 4));
        assertEquals(0, bytes.getInt(AT + 8));
        assertEquals(7, bytes.getInt(AT + union));
        assertEquals(100, bytes.getInt(AT + union + 4));
    }

    @ParameterizedTest
    @CsvSource({"4, 12", "8, 16"})
    void aFaultHasItsAddress(int wordBytes, int union) {
        ByteBuffer bytes = stored(wordBytes, SignalInfo.fault(11, 1, 0xdead_0000L));
        assertEquals(11, bytes.getInt(AT));
        assertEquals(1, bytes.getInt(AT + 4));
        assertEquals(0xdead_0000, bytes.getInt(AT + union));
    }

    @Test
    void nothingOutsideIsWritten() {
        ByteBuffer bytes = stored(8, SignalInfo.child(20, 1, 3, 4, 0x100));
        assertEquals(0x55, bytes.get(AT - 1));
        assertEquals(0x55, bytes.get(AT + SiginfoWords.BYTES));
    }

    @ParameterizedTest
    @CsvSource({"4", "8"})
    void whatIsStoredIsLoaded(int wordBytes) {
        SignalInfo[] infos = {
            SignalInfo.sent(15, SignalInfo.SI_USER, 1, 2),
            SignalInfo.fault(10, 3, 0x1000),
            SignalInfo.child(20, 1, 3, 4, 0x200),
            SignalInfo.unknown(14),
        };
        for (SignalInfo info : infos) {
            assertEquals(info, new SiginfoWords(wordBytes).load(stored(wordBytes, info).array(), AT));
        }
    }

    @Test
    void aWordHasFourOrEightBytes() {
        assertThrows(IllegalArgumentException.class, () -> new SiginfoWords(2));
    }
}
