// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.lwp.machine.Machine;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ucontext_t of each machine, byte for byte: layout, validation, starting a function. */
class RegisterContextTest {
    private static final long START = 0x401000;
    private static final long ARGUMENT = 0x1234;
    private static final long PRIVATE = 0x600000;
    private static final long BASE = 0x700004;
    private static final long BYTES = 0x4009;
    private static final long RETURN = 0x402000;

    private static UserRegisters caller(Machine machine) {
        UserRegisters registers = new UserRegisters();
        registers.status = machine.contexts().initialStatus();
        return registers;
    }

    /** A context that starts a function on a stack of odd shape. */
    private static byte[] started(Machine machine) {
        UserContextCodec codec = machine.contexts();
        UserContext context = new UserContext();
        codec.makeStart(context, START, ARGUMENT, PRIVATE, BASE, BYTES, RETURN);
        byte[] bytes = new byte[codec.size()];
        codec.store(context, bytes);
        return bytes;
    }

    @ParameterizedTest(name = "{0}: {1} = {3}")
    @CsvSource({
        // machine, register, offset, value, accepted
        "amd64, RFLAGS, 240, 0x246,          true",
        "amd64, RFLAGS, 240, 0x20a,          false",
        "amd64, RFLAGS, 240, 0x2,            false",
        "amd64, RFLAGS, 240, 0x210202,       true",
        "amd64, RFLAGS, 240, 0x3202,         false",
        "amd64, RFLAGS, 240, 0x100000202,    true",
        "amd64, RFLAGS, 240, 0x40fd7,        true",
        "amd64, RFLAGS, 240, 0xffc0822a,     false",
        "amd64, ES,     192, 0x0,            true",
        "amd64, ES,     192, 0x23,           true",
        "amd64, ES,     192, 0x2b,           false",
        "amd64, FS,     184, 0x0,            true",
        "amd64, FS,     184, 0x47,           false",
        "amd64, GS,     176, 0x3f,           true",
        "amd64, GS,     176, 0x1b,           false",
        "amd64, DS,     200, 0x0,            false",
        "amd64, DS,     200, 0x23,           true",
        "amd64, SS,     256, 0x0,            false",
        "amd64, SS,     256, 0x3f,           true",
        "amd64, CS,     232, 0x47,           true",
        "amd64, CS,     232, 0x1b,           true",
        "amd64, CS,     232, 0x18,           false",
        "amd64, CS,     232, 0xabcd0047,     true",
        "amd64, RIP,    224, 0x7f7fffffffff, true",
        "amd64, RIP,    224, 0x7f8000000000, false",
        "amd64, RIP,    224, 0xffff800000000000, false",
        "amd64, RSP,    248, 0xffffffffffffffff, true",
        "amd64, TLS,    264, 0xffffffffffffffff, true",
        "amd64-la57, RIP, 224, 0x7f8000000000, true",
        "amd64-la57, RIP, 224, 0x100000000000000, false",
        "i386,  EFL,    100, 0x246,      true",
        "i386,  EFL,    100, 0x20a,      false",
        "i386,  EFL,    100, 0x2,        false",
        "i386,  EFL,    100, 0x3202,     false",
        "i386,  EFL,    100, 0x210202,   true",
        "i386,  CS,      96, 0x1b,       true",
        "i386,  CS,      96, 0x47,       true",
        "i386,  CS,      96, 0x18,       false",
        "i386,  CS,      96, 0x19,       false",
        "i386,  DS,      48, 0x0,        true",
        "i386,  SS,     108, 0x0,        true",
        "i386,  EIP,     92, 0xffffffff, true",
        "i386-pae, EFL, 100, 0x3202,     false",
        "i386-pae, EFL, 100, 0x210202,   true",
        "armv7, CPSR,   104, 0x10,       true",
        "armv7, CPSR,   104, 0x30,       true",
        "armv7, CPSR,   104, 0x60000010, true",
        "armv7, CPSR,   104, 0x13,       false",
        "armv7, CPSR,   104, 0x90,       false",
        "armv7, CPSR,   104, 0x50,       false",
        "armv7, CPSR,   104, 0x0,        false",
        "armv7, CPSR,   104, 0x1f,       false",
        "armv7, PC,     100, 0xffffffff, true",
        "aarch64, SPSR, 328, 0xf0000000,         true",
        "aarch64, SPSR, 328, 0x3c0,              false",
        "aarch64, SPSR, 328, 0x5,                false",
        "aarch64, SPSR, 328, 0x100000000,        false",
        "aarch64, PC,   320, 0x401002,           false",
        "aarch64, PC,   320, 0xffff000000000000, true",
        "aarch64, SP,   312, 0x703ff8,           false",
        "aarch64, SP,   312, 0x703ff0,           true",
        "aarch64, TLS,  336, 0xffffffffffffffff, true",
        "aarch64-hafdbs, SP, 312, 0x703ff8,      false",
    })
    void validatesEachRegister(String name, String register, int offset, String value, boolean accepted) {
        Machine machine = Machines.of(name);
        byte[] context = started(machine);
        assertEquals(0, machine.contexts().validate(context, caller(machine)), "as made");
        Machines.word(machine, context, offset, Long.parseUnsignedLong(value.substring(2), 16));
        assertEquals(accepted ? 0 : Errno.EINVAL, machine.contexts().validate(context, caller(machine)), register);
    }

    @ParameterizedTest
    @CsvSource({"i386, 100", "amd64, 240"})
    void x86ComparesStaticFlagsWithTheCallers(String name, int offset) {
        Machine machine = Machines.of(name);
        UserRegisters caller = caller(machine);
        caller.status = 0x3202;
        byte[] context = started(machine);
        assertEquals(Errno.EINVAL, machine.contexts().validate(context, caller));
        Machines.word(machine, context, offset, 0x3202);
        assertEquals(0, machine.contexts().validate(context, caller));
    }

    @ParameterizedTest
    @CsvSource({
        // machine, as it is, as a context has it, as it becomes
        "i386,    0x202, 0x210a03,   0xa03", "amd64, 0x202, 0x210246, 0x246", "amd64, 0x210a03, 0x202, 0x210202",
        "aarch64, 0x0, 0xf0000000, 0xf0000000", "armv7, 0x10, 0x60000030, 0x60000030",
    })
    void onlyUserFlagsAreTakenOver(String name, String before, String wanted, String after) {
        assertEquals(Long.decode(after),
                Machines.of(name).contexts().mergeStatus(Long.decode(before), Long.decode(wanted)));
    }

    @ParameterizedTest
    @CsvSource({
        // machine, size, stack fields, program counter, stack pointer, argument, return address, thread pointer, status:
        // each with its offset and its value; a dash where the stack holds it
        "i386,     776, 24,  92, 104, 0x703ffc, -,  -,   756, 100, 0x202",
        "i386-pae, 776, 24,  92, 104, 0x703ffc, -,  -,   756, 100, 0x202",
        "amd64,      784, 32, 224, 248, 0x703ff8, 56, -,   264, 240, 0x202",
        "amd64-la57, 784, 32, 224, 248, 0x703ff8, 56, -,   264, 240, 0x202",
        "armv7,      400, 24, 100,  92, 0x704008, 40, 96,  384, 104, 0x10",
        "aarch64,        944, 32, 320, 312, 0x704000, 64, 304, 336, 328, 0x0",
        "aarch64-hafdbs, 944, 32, 320, 312, 0x704000, 64, 304, 336, 328, 0x0",
    })
    void aStartedFunctionFindsWhatItNeeds(String name, int size, int stack, int pc, int sp, String spValue,
            String argument, String returnTo, int tls, int status, String statusValue) {
        Machine machine = Machines.of(name);
        byte[] context = started(machine);
        assertEquals(size, context.length);
        assertEquals(UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE,
                (int) Machines.word(machine, context, 0));
        int word = machine.wordBits() / 8;
        assertEquals(0, Machines.word(machine, context, word), "link");
        assertEquals(BASE, Machines.word(machine, context, stack));
        assertEquals(BYTES, Machines.word(machine, context, stack + word));
        assertEquals(START, Machines.word(machine, context, pc));
        assertEquals(Long.decode(spValue), Machines.word(machine, context, sp));
        assertEquals(PRIVATE, Machines.word(machine, context, tls));
        assertEquals(Long.decode(statusValue), Machines.word(machine, context, status));
        if (argument.equals("-")) {
            assertEquals(4, machine.contexts().stackArgumentOffset());
        } else {
            assertEquals(-1, machine.contexts().stackArgumentOffset());
            assertEquals(ARGUMENT, Machines.word(machine, context, Integer.parseInt(argument)));
        }
        if (!returnTo.equals("-")) {
            assertEquals(RETURN, Machines.word(machine, context, Integer.parseInt(returnTo)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // machine, whether it holds the return address
        "i386, false", "i386-pae, false", "amd64, false", "amd64-la57, false", "armv7, true", "aarch64, true",
        "aarch64-hafdbs, true",
    })
    void everyFieldSurvivesARoundTrip(String name, boolean linkRegister) {
        UserContextCodec codec = Machines.of(name).contexts();
        UserContext before = new UserContext();
        before.flags = UserContext.UC_CPU | UserContext.UC_SIGMASK;
        before.link = 0xffff_fff0L;
        before.signalMaskLow = 0x2_0000_0002L;
        before.signalMaskHigh = 0x3_0000_0003L;
        before.stackBase = 0xb000_0000L;
        before.stackBytes = 5;
        before.stackFlags = 6;
        UserRegisters registers = before.registers();
        registers.pc = 0xbfbf_e120L;
        registers.sp = 0xbfbf_f000L;
        registers.argument = 9;
        registers.framePointer = 10;
        registers.result = 9;
        registers.returnAddress = 11;
        registers.tls = 0x8000_0000L;
        registers.status = codec.initialStatus();
        byte[] bytes = new byte[codec.size()];
        codec.store(before, bytes);
        UserContext after = new UserContext();
        codec.load(bytes, after);
        byte[] again = new byte[codec.size()];
        codec.store(after, again);
        assertArrayEquals(bytes, again);
        assertEquals(before.flags, after.flags);
        assertEquals(before.link, after.link);
        assertEquals(before.signalMaskLow, after.signalMaskLow);
        assertEquals(before.signalMaskHigh, after.signalMaskHigh);
        assertEquals(before.stackBase, after.stackBase);
        assertEquals(before.stackBytes, after.stackBytes);
        assertEquals(before.stackFlags, after.stackFlags);
        assertEquals(registers.pc, after.registers().pc);
        assertEquals(registers.sp, after.registers().sp);
        assertEquals(registers.framePointer, after.registers().framePointer);
        assertEquals(registers.result, after.registers().result);
        assertEquals(linkRegister ? 11 : 0, after.registers().returnAddress);
        assertEquals(registers.tls, after.registers().tls);
        assertEquals(registers.status, after.registers().status);
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, 0x7f7fffffffff, true", "amd64, 0x7f8000000000, false", "amd64-la57, 0x7f8000000000, true",
        "amd64-la57, 0x100000000000000, false", "i386, 0xffffffff, true", "i386-pae, 0xffffffff, true",
        "armv7, 0xbfc00000, true", "aarch64, 0xffffffffffffffff, true",
    })
    void theThreadPointerIsAUserAddressOnAmd64Only(String name, String value, boolean accepted) {
        long pointer = Long.parseUnsignedLong(value.substring(2), 16);
        assertEquals(accepted ? 0 : Errno.EINVAL, Machines.of(name).contexts().checkPrivate(pointer));
    }
}
