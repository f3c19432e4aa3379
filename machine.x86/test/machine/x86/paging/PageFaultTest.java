// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFaultTest {
    @ParameterizedTest
    @CsvSource({
        // event, cause, write, fetch, user, code
        "user read of nothing,        0, false, false, true,  0x4",
        "user write to read-only,     1, true,  false, true,  0x7",
        "user fetch of NX,            1, false, true,  true,  0x15",
        "kernel write in copyout,     1, true,  false, false, 0x3",
        "user read of a reserved bit,     9, false, false, true,  0xd",
    })
    void encodesTheCause(String event, int cause, boolean write, boolean fetch, boolean user, String code) {
        assertEquals(Integer.decode(code), PageFault.code(cause, write, fetch, user), event);
    }
}
