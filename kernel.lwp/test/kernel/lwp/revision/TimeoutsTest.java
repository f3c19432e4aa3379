// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTest {
    private static final long TICK = 10_000_000L;

    @ParameterizedTest
    @CsvSource({
        "0, 10000000, 2",
        "0, 10001000, 3",
        "1, 0, 101",
        "2, 0, 201",
        "0, 1000, 2",
        "0, 999, 1",
        "21474836, 0, 2147483647",
        "9223372036854775807, 0, 2147483647"
    })
    void ticksLastAtLeastAsLong(long seconds, long nanos, int ticks) {
        assertEquals(ticks, Timeouts.ticks(seconds, nanos, TICK));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 10000000",
        "0, 9999999, 0, 10000000",
        "0, 10000000, 0, 10000000",
        "0, 0, 0, 0",
        "1, 1, 0, 1",
        "0, -1, 22, -1",
        "0, 1000000000, 22, 1000000000",
        "-1, 5, 60, 5",
        "-1, -5, 22, -5"
    })
    void fixRejectsAndRaises(long seconds, long nanos, int error, long fixed) {
        ParkRequest request = request(seconds, nanos);
        assertEquals(error, Timeouts.fix(request, TICK));
        assertEquals(fixed, request.nanos);
    }

    @Test
    void subtractionBorrows() {
        ParkRequest request = request(5, 100);
        Timeouts.subtract(request, 2_000_000_200L);
        assertEquals(2, request.seconds);
        assertEquals(999_999_900L, request.nanos);
    }

    private static ParkRequest request(long seconds, long nanos) {
        ParkRequest request = new ParkRequest();
        request.seconds = seconds;
        request.nanos = nanos;
        return request;
    }
}
