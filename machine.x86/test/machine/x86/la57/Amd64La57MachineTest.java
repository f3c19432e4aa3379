// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.la57;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.lwp.machine.MachineLimits;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.FaultKind;
import machine.core.mmu.Translation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Amd64La57MachineTest {
    private static final long MIB = 1L << 20;

    private final Amd64La57Machine machine = new Amd64La57Machine();

    @Test
    void limitsAreThoseOfTheHeader() {
        assertEquals(new MachineLimits(0, 0x0100000000000000L, 0x00fffffffffff000L,
                32768 * MIB, 32768 * MIB, 8 * MIB, 512 * MIB, 32768 * MIB, 1L << 52), machine.limits());
    }

    @ParameterizedTest
    @CsvSource({
        "0x00ffffffffffffff, 1",
        "0x0100000000000000, 5",
        "0x0000800000000000, 1",
        "0xff00000000000000, 1",
        "0xfeffffffffffffff, 5",
    })
    void addressesHave57Bits(String address, int kind) {
        try (PhysicalMemory memory = new PhysicalMemory(4 << 12)) {
            long va = Long.parseUnsignedLong(address.substring(2), 16);
            int found = machine.walker().walk(memory, 0x1000, va, Access.READ, new Translation());
            assertEquals(FaultKind.name(kind), FaultKind.name(found));
        }
    }
}
