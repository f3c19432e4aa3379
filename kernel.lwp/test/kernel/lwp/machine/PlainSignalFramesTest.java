// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.lwp.fixture.TestMachine;
import org.junit.jupiter.api.Test;

class PlainSignalFramesTest {
    private final Machine machine = new TestMachine("test", 1L << 40);

    @Test
    void aMachineThatSaysNothingHasThem() {
        SignalFrames frames = machine.signalFrames();
        assertEquals(0, frames.infoOffset());
        assertEquals(128, frames.contextOffset());
        assertEquals(128 + machine.contexts().size(), frames.size());
        assertEquals(0, frames.redZoneBytes());
    }

    @Test
    void theFrameIsBelowTheTopAndAligned() {
        SignalFrames frames = machine.signalFrames();
        for (long top = 0x8000; top < 0x8020; top++) {
            long address = frames.place(top);
            assertEquals(0, address % 16);
            assertEquals(true, address + frames.size() <= top && address + frames.size() > top - 16);
        }
    }

    @Test
    void theHandlerFindsItsArgumentsInRegisters() {
        UserRegisters registers = new UserRegisters();
        registers.tls = 9;
        machine.signalFrames().enter(new SignalFrame(0x7000, 30, 0x1001, 0x1002, 0x7000, 0x7080), registers);
        assertEquals(0x1001, registers.pc);
        assertEquals(0x7000, registers.sp);
        assertEquals(30, registers.argument);
        assertEquals(0x7000, registers.secondArgument);
        assertEquals(0x7080, registers.thirdArgument);
        assertEquals(0x1002, registers.returnAddress);
        assertEquals(9, registers.tls);
    }
}
