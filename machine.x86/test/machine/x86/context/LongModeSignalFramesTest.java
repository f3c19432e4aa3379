// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.UserRegisters;
import org.junit.jupiter.api.Test;

class LongModeSignalFramesTest {
    private final LongModeSignalFrames frames = new LongModeSignalFrames();

    @Test
    void aFrameIsAReturnAddressASiginfoAndAUcontext() {
        assertEquals(8, frames.infoOffset());
        assertEquals(136, frames.contextOffset());
        assertEquals(920, frames.size());
        assertEquals(128, frames.redZoneBytes());
    }

    @Test
    void theHandlerStartsAsAfterACall() {
        for (long top = 0x70_0000; top < 0x70_0010; top++) {
            long address = frames.place(top);
            assertEquals(8, address % 16);
            assertTrue(address + frames.size() <= top);
        }
        byte[] bytes = new byte[frames.size()];
        frames.link(frame(), bytes);
        assertEquals(0x40_2000, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0));
    }

    @Test
    void argumentsAreInRegistersAndTheTrapFlagIsCleared() {
        UserRegisters registers = new UserRegisters();
        registers.status = 0x60702;
        frames.enter(frame(), registers);
        assertEquals(0x40_1000, registers.pc);
        assertEquals(0x6f_0008, registers.sp);
        assertEquals(30, registers.argument);
        assertEquals(0x6f_0010, registers.secondArgument);
        assertEquals(0x6f_0090, registers.thirdArgument);
        assertEquals(0x202, registers.status);
    }

    private static SignalFrame frame() {
        return new SignalFrame(0x6f_0008, 30, 0x40_1000, 0x40_2000, 0x6f_0010, 0x6f_0090);
    }
}
