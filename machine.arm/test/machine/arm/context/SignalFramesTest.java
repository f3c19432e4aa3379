// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.machine.Machine;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.UserRegisters;
import machine.arm.aarch64.Aarch64Machine;
import machine.arm.armv7.Armv7Machine;
import machine.arm.hafdbs.Aarch64HafdbsMachine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalFramesTest {
    private static Machine machine(String name) {
        return switch (name) {
            case "armv7" -> new Armv7Machine();
            case "aarch64" -> new Aarch64Machine();
            default -> new Aarch64HafdbsMachine();
        };
    }

    @ParameterizedTest
    @CsvSource({"armv7, 528, 8", "aarch64, 1072, 16", "aarch64-hafdbs, 1072, 16"})
    void aFrameIsASiginfoAndAUcontext(String name, int size, int alignment) {
        SignalFrames frames = machine(name).signalFrames();
        assertEquals(size, frames.size());
        assertEquals(0, frames.infoOffset());
        assertEquals(128, frames.contextOffset());
        assertEquals(0, frames.redZoneBytes());
        for (long top = 0x7000_0000L; top < 0x7000_0010L; top++) {
            long address = frames.place(top);
            assertEquals(0, address % alignment);
            assertTrue(address + size <= top && address + size > top - alignment);
        }
    }

    @ParameterizedTest
    @CsvSource({"armv7, 0x10", "aarch64, 0x60000000"})
    void argumentsAndReturnAddressAreInRegisters(String name, String status) {
        UserRegisters registers = new UserRegisters();
        registers.status = Long.decode(status);
        registers.framePointer = 0x6fff_0000L;
        machine(name).signalFrames().enter(frame(0x1_0000), registers);
        assertEquals(0x1_0000, registers.pc);
        assertEquals(0x6f00_0000L, registers.sp);
        assertEquals(10, registers.argument);
        assertEquals(0x6f00_0000L, registers.secondArgument);
        assertEquals(0x6f00_0080L, registers.thirdArgument);
        assertEquals(0x2_0000, registers.returnAddress);
        assertEquals(0x6fff_0000L, registers.framePointer);
        assertEquals(Long.decode(status), registers.status);
    }

    @ParameterizedTest
    @CsvSource({
        // handler, CPSR before, after: T by the address, IT cleared, flags kept
        "0x10001, 0x60000010, 0x60000030",
        "0x10000, 0x60000030, 0x60000010",
        "0x10001, 0x0600fc30, 0x00000030",
    })
    void bitZeroOfTheHandlerSelectsThumb(String handler, String before, String after) {
        UserRegisters registers = new UserRegisters();
        registers.status = Long.decode(before);
        new Arm32SignalFrames().enter(frame(Long.decode(handler)), registers);
        assertEquals(0x1_0000, registers.pc);
        assertEquals(Long.decode(after), registers.status);
    }

    private static SignalFrame frame(long handler) {
        return new SignalFrame(0x6f00_0000L, 10, handler, 0x2_0000, 0x6f00_0000L, 0x6f00_0080L);
    }
}
