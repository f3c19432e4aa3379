// SPDX-License-Identifier: BSD-2-Clause
package machine.arm.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Aarch64ContextsTest {
    private final Aarch64Contexts codec = new Aarch64Contexts();
    private final UserRegisters current = new UserRegisters();

    private byte[] golden() {
        UserContext context = new UserContext();
        codec.makeStart(context, 0x401000, 0x1234, 0x600000, 0x700000, 0x4008, 0x402000);
        byte[] bytes = new byte[codec.size()];
        codec.store(context, bytes);
        return bytes;
    }

    private static void put(byte[] bytes, int offset, long value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, value);
    }

    private static long get(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
    }

    @ParameterizedTest
    @CsvSource({
        // register, offset, value, accepted
        "SPSR, 328, 0xf0000000,         true",
        "SPSR, 328, 0x3c0,              false",
        "SPSR, 328, 0x5,                false",
        "SPSR, 328, 0x100000000,        false",
        "PC,   320, 0x401002,           false",
        "PC,   320, 0xffff000000000000, true",
        "SP,   312, 0x703ff8,           false",
        "SP,   312, 0x703ff0,           true",
        "TLS,  336, 0xffffffffffffffff, true",
    })
    void validatesEachRegister(String register, int offset, String value, boolean accepted) {
        byte[] context = golden();
        put(context, offset, Long.parseUnsignedLong(value.substring(2), 16));
        assertEquals(accepted ? 0 : Errno.EINVAL, codec.validate(context, current), register + " = " + value);
    }

    @Test
    void aStartedFunctionReturnsThroughTheLinkRegister() {
        byte[] context = golden();
        assertEquals(944, context.length);
        assertEquals(0, codec.validate(context, current));
        assertEquals(UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE, get(context, 0));
        assertEquals(0x1234, get(context, 64));
        assertEquals(0x402000, get(context, 64 + 8 * 30));
        assertEquals(0x704000, get(context, 64 + 8 * 31));
        assertEquals(0x401000, get(context, 64 + 8 * 32));
        assertEquals(0, get(context, 64 + 8 * 33));
        assertEquals(0x600000, get(context, 64 + 8 * 34));
    }

    @Test
    void everyFieldSurvivesARoundTrip() {
        UserContext before = new UserContext();
        before.flags = UserContext.UC_CPU | UserContext.UC_SIGMASK;
        before.link = 1;
        before.signalMaskLow = 2;
        before.signalMaskHigh = 3;
        before.stackBase = 4;
        before.stackBytes = 5;
        before.stackFlags = 6;
        UserRegisters registers = before.registers();
        registers.pc = 8;
        registers.sp = 16;
        registers.argument = 9;
        registers.framePointer = 10;
        registers.returnAddress = 11;
        registers.tls = 12;
        byte[] bytes = new byte[codec.size()];
        codec.store(before, bytes);
        UserContext after = new UserContext();
        codec.load(bytes, after);
        byte[] again = new byte[codec.size()];
        codec.store(after, again);
        assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(again));
        assertEquals(8, after.registers().pc);
        assertEquals(11, after.registers().returnAddress);
        assertEquals(3, after.signalMaskHigh);
        assertEquals(12, after.registers().tls);
    }

    @Test
    void theThreadPointerIsAnything() {
        assertEquals(0, codec.checkPrivate(-1));
    }
}
