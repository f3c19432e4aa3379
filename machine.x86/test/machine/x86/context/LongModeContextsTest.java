// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongModeContextsTest {
    private final LongModeContexts codec = new LongModeContexts(LongModeContexts.MAX_USER_ADDRESS);
    private final UserRegisters current = new UserRegisters();

    LongModeContextsTest() {
        current.status = 0x202;
    }

    private byte[] golden() {
        UserContext context = new UserContext();
        codec.makeStart(context, 0x401000, 0x1234, 0x600000, 0x700000, 0x4000, 0x402000);
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
        "RFLAGS, 240, 0x246,          true",
        "RFLAGS, 240, 0x20a,          false",
        "RFLAGS, 240, 0x2,            false",
        "RFLAGS, 240, 0x210202,       true",
        "RFLAGS, 240, 0x3202,         false",
        "RFLAGS, 240, 0x100000202,    true",
        "RFLAGS, 240, 0x40fd7,        true",
        "RFLAGS, 240, 0xffc0822a,     false",
        "ES,     192, 0x0,            true",
        "ES,     192, 0x23,           true",
        "ES,     192, 0x2b,           false",
        "FS,     184, 0x0,            true",
        "FS,     184, 0x47,           false",
        "GS,     176, 0x3f,           true",
        "GS,     176, 0x1b,           false",
        "DS,     200, 0x0,            false",
        "DS,     200, 0x23,           true",
        "SS,     256, 0x0,            false",
        "SS,     256, 0x3f,           true",
        "CS,     232, 0x47,           true",
        "CS,     232, 0x1b,           true",
        "CS,     232, 0x18,           false",
        "CS,     232, 0xabcd0047,     true",
        "RIP,    224, 0x7f7fffffffff, true",
        "RIP,    224, 0x7f8000000000, false",
        "RIP,    224, 0xffff800000000000, false",
        "RSP,    248, 0xffffffffffffffff, true",
        "TLS,    264, 0xffffffffffffffff, true",
    })
    void validatesEachRegister(String register, int offset, String value, boolean accepted) {
        byte[] context = golden();
        put(context, offset, Long.parseUnsignedLong(value.substring(2), 16));
        assertEquals(accepted ? 0 : Errno.EINVAL, codec.validate(context, current), register + " = " + value);
    }

    @Test
    void comparesStaticFlagsWithTheCallers() {
        current.status = 0x3202;
        assertEquals(Errno.EINVAL, codec.validate(golden(), current));
        byte[] context = golden();
        put(context, LongModeLayout.RFLAGS, 0x3202);
        assertEquals(0, codec.validate(context, current));
    }

    @Test
    void aStartedFunctionFindsItsReturnAddressBelowAnAlignedStack() {
        byte[] context = golden();
        assertEquals(784, context.length);
        assertEquals(0, codec.validate(context, current));
        assertEquals(UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE, get(context, 0));
        assertEquals(0x401000, get(context, 56 + 8 * 21));
        assertEquals(0x703ff8, get(context, 56 + 8 * 24));
        assertEquals(0x1234, get(context, 56));
        assertEquals(0x600000, get(context, 264));
        assertEquals(0x202, get(context, 56 + 8 * 23));
        assertEquals(0x700000, get(context, 32));
        assertEquals(0x4000, get(context, 40));
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
        registers.pc = 7;
        registers.sp = 8;
        registers.argument = 9;
        registers.framePointer = 10;
        registers.result = 11;
        registers.tls = 12;
        registers.status = 0x202;
        byte[] bytes = new byte[codec.size()];
        codec.store(before, bytes);
        UserContext after = new UserContext();
        codec.load(bytes, after);
        byte[] again = new byte[codec.size()];
        codec.store(after, again);
        assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(again));
        assertEquals(7, after.registers().pc);
        assertEquals(3, after.signalMaskHigh);
        assertEquals(6, after.stackFlags);
        assertEquals(12, after.registers().tls);
    }

    @Test
    void theThreadPointerIsAUserAddress() {
        assertEquals(0, codec.checkPrivate(0x7f7fffffffffL));
        assertEquals(Errno.EINVAL, codec.checkPrivate(0x7f8000000000L));
    }
}
