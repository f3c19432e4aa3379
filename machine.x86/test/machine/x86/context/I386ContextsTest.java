// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.context;

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

class I386ContextsTest {
    private final I386Contexts codec = new I386Contexts();
    private final UserRegisters current = new UserRegisters();

    I386ContextsTest() {
        current.status = 0x202;
    }

    private byte[] golden() {
        UserContext context = new UserContext();
        codec.makeStart(context, 0x401000, 0x1234, 0x600000, 0x700000, 0x4000, 0x402000);
        byte[] bytes = new byte[codec.size()];
        codec.store(context, bytes);
        return bytes;
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @CsvSource({
        // register, offset, value, accepted
        "EFL, 100, 0x246,      true",
        "EFL, 100, 0x20a,      false",
        "EFL, 100, 0x2,        false",
        "EFL, 100, 0x3202,     false",
        "EFL, 100, 0x210202,   true",
        "CS,   96, 0x1b,       true",
        "CS,   96, 0x47,       true",
        "CS,   96, 0x18,       false",
        "CS,   96, 0x19,       false",
        "DS,   48, 0x0,        true",
        "SS,  108, 0x0,        true",
        "EIP,  92, 0xffffffff, true",
    })
    void looksAtFlagsAndPrivilegeOnly(String register, int offset, String value, boolean accepted) {
        byte[] context = golden();
        words(context).putInt(offset, Integer.parseUnsignedInt(value.substring(2), 16));
        assertEquals(accepted ? 0 : Errno.EINVAL, codec.validate(context, current), register + " = " + value);
    }

    @Test
    void aStartedFunctionFindsReturnAddressAndArgumentOnItsStack() {
        byte[] context = golden();
        assertEquals(776, context.length);
        assertEquals(0, codec.validate(context, current));
        assertEquals(UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE, words(context).getInt(0));
        assertEquals(0x401000, words(context).getInt(36 + 4 * 14));
        assertEquals(0x703fec, words(context).getInt(36 + 4 * 17));
        assertEquals(0x703fec, words(context).getInt(36 + 4 * 7));
        assertEquals(0x600000, words(context).getInt(756));
        assertEquals(0x202, words(context).getInt(36 + 4 * 16));
        assertEquals(0x700000, words(context).getInt(24));
        assertEquals(0x4000, words(context).getInt(28));
        assertEquals(4, codec.stackArgumentOffset());
    }

    @Test
    void everyFieldSurvivesARoundTrip() {
        byte[] bytes = new byte[codec.size()];
        UserContext before = new UserContext();
        before.flags = UserContext.UC_CPU | UserContext.UC_SIGMASK;
        before.link = 0xffff_fff1L;
        before.signalMaskLow = 2;
        before.signalMaskHigh = 3;
        before.stackBase = 0xb000_0000L;
        before.stackBytes = 5;
        before.stackFlags = 6;
        UserRegisters registers = before.registers();
        registers.pc = 0xbfbf_e123L;
        registers.sp = 0xbfbf_f000L;
        registers.framePointer = 10;
        registers.result = 11;
        registers.tls = 0x8000_0000L;
        registers.status = 0x202;
        codec.store(before, bytes);
        UserContext after = new UserContext();
        codec.load(bytes, after);
        byte[] again = new byte[codec.size()];
        codec.store(after, again);
        assertArrayEquals(bytes, again);
        assertEquals(0xbfbf_e123L, after.registers().pc);
        assertEquals(0x8000_0000L, after.registers().tls);
        assertEquals(0xffff_fff1L, after.link);
        assertEquals(3, after.signalMaskHigh);
        assertEquals(6, after.stackFlags);
    }

    @Test
    void theThreadPointerIsAnyValue() {
        assertEquals(0, codec.checkPrivate(0xffff_ffffL));
    }
}
