// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Arm32ContextsTest {
    private static final int CPSR = 40 + 4 * 16;

    private final Arm32Contexts codec = new Arm32Contexts();

    private byte[] golden() {
        UserContext context = new UserContext();
        codec.makeStart(context, 0x401000, 0x1234, 0x600000, 0x700004, 0x4001, 0x402000);
        byte[] bytes = new byte[codec.size()];
        codec.store(context, bytes);
        return bytes;
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @CsvSource({"0x10, true", "0x30, true", "0x60000010, true", "0x13, false", "0x90, false", "0x50, false", "0x0, false"})
    void wantsUserModeWithInterruptsOn(String status, boolean accepted) {
        byte[] context = golden();
        words(context).putInt(CPSR, Integer.decode(status));
        assertEquals(accepted ? 0 : Errno.EINVAL, codec.validate(context, new UserRegisters()), status);
    }

    @Test
    void aStartedFunctionFindsItsArgumentInR0() {
        byte[] context = golden();
        assertEquals(400, context.length);
        assertEquals(UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE, words(context).getInt(0));
        assertEquals(0x1234, words(context).getInt(40));
        assertEquals(0x704000, words(context).getInt(40 + 4 * 13), "aligned to 8 bytes");
        assertEquals(0x402000, words(context).getInt(40 + 4 * 14));
        assertEquals(0x401000, words(context).getInt(40 + 4 * 15));
        assertEquals(0x10, words(context).getInt(CPSR));
        assertEquals(0x600000, words(context).getInt(384));
        assertEquals(-1, codec.stackArgumentOffset());
    }

    @Test
    void everyFieldSurvivesARoundTrip() {
        UserContext before = new UserContext();
        before.flags = UserContext.UC_CPU | UserContext.UC_SIGMASK;
        before.link = 0xbfff_fff0L;
        before.signalMaskLow = 2;
        before.signalMaskHigh = 3;
        before.stackBase = 0xb000_0000L;
        before.stackBytes = 5;
        before.stackFlags = 6;
        UserRegisters registers = before.registers();
        registers.pc = 0xbfbf_e120L;
        registers.sp = 0xbfbf_f000L;
        registers.argument = 9;
        registers.framePointer = 10;
        registers.returnAddress = 11;
        registers.tls = 0x8000_0000L;
        registers.status = 0x10;
        byte[] bytes = new byte[codec.size()];
        codec.store(before, bytes);
        UserContext after = new UserContext();
        codec.load(bytes, after);
        byte[] again = new byte[codec.size()];
        codec.store(after, again);
        assertArrayEquals(bytes, again);
        assertEquals(0xbfbf_e120L, after.registers().pc);
        assertEquals(11, after.registers().returnAddress);
        assertEquals(0x8000_0000L, after.registers().tls);
        assertEquals(3, after.signalMaskHigh);
    }
}
