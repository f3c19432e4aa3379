// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UcontextWordsTest {
    private static final int HEAD_BYTES = 64;

    @ParameterizedTest
    @CsvSource({
        // numbers of the port, neutral flags, its flags
        "0x10000, 0x20000, 0x10001, 0x10001",
        "0x10000, 0x20000, 0x20004, 0x20004",
        "0x20000, 0x40000, 0x10001, 0x20001",
        "0x20000, 0x40000, 0x20004, 0x40004",
        "0x20000, 0x40000, 0x8000f, 0x8000f",
    })
    void theStackFlagsAreTranslated(String set, String clear, String neutral, String ported) {
        UcontextWords words = new UcontextWords(8, Integer.decode(set), Integer.decode(clear), 0);
        UserContext context = new UserContext();
        context.flags = Integer.decode(neutral);
        byte[] bytes = new byte[HEAD_BYTES];
        words.storeHead(context, bytes);
        assertEquals(Integer.decode(ported), ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0));
        UserContext loaded = new UserContext();
        words.loadHead(bytes, loaded);
        assertEquals(context.flags, loaded.flags);
    }
}
