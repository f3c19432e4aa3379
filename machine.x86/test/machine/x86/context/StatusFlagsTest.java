// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StatusFlagsTest {
    @Test
    void groupsAreThoseOfTheHeader() {
        assertEquals(0x202, StatusFlags.USER_START);
        assertEquals(0xffdaf22a, StatusFlags.USER_STATIC);
        assertEquals(0, StatusFlags.USER_STATIC & StatusFlags.USER_SETTABLE);
        assertEquals(0x210000, ~(StatusFlags.USER_STATIC | StatusFlags.USER_SETTABLE));
    }
}
