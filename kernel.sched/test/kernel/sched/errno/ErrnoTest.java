// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.errno;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource({"ESRCH,3,no such process", "EINTR,4,interrupted system call", "EDEADLK,11,resource deadlock avoided",
        "EAGAIN,35,resource temporarily unavailable", "ETIMEDOUT,60,connection timed out", "EINVAL,22,invalid argument",
        "ENAMETOOLONG,63,file name too long", "ENOTSUP,86,not supported"})
    void namesNumbersAndTexts(String name, int number, String text) {
        assertEquals(number, Errno.byName(name));
        assertEquals(name, Errno.name(number));
        assertEquals(text, Errno.text(number));
    }

    @Test
    void unknownOnesAreNamedInTheMessage() {
        assertEquals("errno 4711", Errno.name(4711));
        assertEquals("unknown error 4711", Errno.text(4711));
        String message = assertThrows(IllegalArgumentException.class, () -> Errno.byName("EFOO")).getMessage();
        assertTrue(message.contains("EFOO"), message);
    }

    @Test
    void wouldBlockIsAnotherNameForAgain() {
        assertEquals(Errno.EAGAIN, Errno.byName("ewouldblock"));
    }
}
