// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the members of a struct rusage are. */
class RusageWordsTest {
    private static final ResourceUsage USAGE = new ResourceUsage(3_000_007_000L, 1_500_000_000L, 10, 11, 12, 13, 14, 15);

    @ParameterizedTest
    @CsvSource({
        // word, size, ru_stime, ru_maxrss, ru_minflt, ru_majflt, ru_nsignals, ru_nvcsw, ru_nivcsw
        "8, 144, 16, 32, 64, 72, 120, 128, 136",
        "4,  80, 12, 24, 40, 44,  68,  72,  76",
    })
    void membersAreAtTheirOffsets(int word, int size, int system, int resident, int minor, int major, int signals,
            int voluntary, int involuntary) {
        RusageWords words = new RusageWords(word);
        assertEquals(size, words.bytes());
        byte[] bytes = words.store(USAGE);
        assertEquals(size, bytes.length);
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("3 7 1 500000", b.getLong(0) + " " + b.getInt(8) + " " + b.getLong(system) + " "
                + b.getInt(system + 8));
        assertEquals("10 11 12 13 14 15", b.getInt(resident) + " " + b.getInt(minor) + " " + b.getInt(major) + " "
                + b.getInt(signals) + " " + b.getInt(voluntary) + " " + b.getInt(involuntary));
        assertEquals(USAGE, words.load(bytes));
    }
}
