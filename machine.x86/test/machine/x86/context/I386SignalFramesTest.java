// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.UserRegisters;
import org.junit.jupiter.api.Test;

class I386SignalFramesTest {
    private static final SignalFrame FRAME =
            new SignalFrame(0xbfb0_000cL, 11, 0x804_8000, 0x804_9000, 0xbfb0_001cL, 0xbfb0_009cL);

    private final I386SignalFrames frames = new I386SignalFrames();

    @Test
    void aFrameBeginsWithFourWords() {
        assertEquals(16, frames.infoOffset());
        assertEquals(16 + 128, frames.contextOffset());
        assertEquals(16 + 128 + 776, frames.size());
        assertEquals(0, frames.redZoneBytes());
    }

    @Test
    void theHandlerFindsReturnAddressAndArgumentsOnItsStack() {
        byte[] bytes = new byte[frames.size()];
        frames.link(FRAME, bytes);
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int[] expected = {0x804_9000, 11, 0xbfb0_001c, 0xbfb0_009c, 0};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], words.getInt(4 * i), "word " + i);
        }
    }

    @Test
    void theStackIsAlignedAsAfterACall() {
        for (long top = 0xbfb0_1000L; top < 0xbfb0_1010L; top++) {
            long address = frames.place(top);
            assertEquals(12, address % 16);
            assertTrue(address + frames.size() <= top);
        }
    }

    @Test
    void theFlagsOfPslClearsigAreCleared() {
        UserRegisters registers = new UserRegisters();
        registers.status = 0x60702;
        frames.enter(FRAME, registers);
        assertEquals(0x202, registers.status);
        assertEquals(0xbfb0_000cL, registers.sp);
        assertEquals(0x804_8000, registers.pc);
        assertEquals(11, registers.argument);
    }
}
