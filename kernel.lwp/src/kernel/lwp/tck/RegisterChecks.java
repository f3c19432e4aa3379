// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.tck;

import java.util.List;
import java.util.Random;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;

/** What a ucontext_t keeps, accepts and starts. */
final class RegisterChecks {
    static final long START = 0x40_1000;
    private static final long PRIVATE = 0x60_0000;
    private static final long BASE = 0x70_0004;
    private static final long BYTES = 0x4009;
    private static final int LARGEST_PUSH = 64;

    private RegisterChecks() {}

    static void addTo(List<ContextCheck> checks) {
        checks.add(new ContextCheck("a started function finds its context valid", RegisterChecks::started));
        checks.add(new ContextCheck("a context survives a round trip", RegisterChecks::roundTrip));
        checks.add(new ContextCheck("any bytes can be decoded and validated", RegisterChecks::garbage));
        checks.add(new ContextCheck("taking a context over keeps the initial status valid", RegisterChecks::status));
    }

    /** A context that starts a function on a stack of odd shape, and its bytes. */
    static byte[] start(Machine machine, UserContext into) {
        UserContextCodec codec = machine.contexts();
        codec.makeStart(into, START, 0x1234, PRIVATE, BASE, BYTES, 0x40_2000);
        byte[] bytes = new byte[codec.size()];
        codec.store(into, bytes);
        return bytes;
    }

    static UserRegisters caller(Machine machine) {
        UserRegisters caller = new UserRegisters();
        caller.status = machine.contexts().initialStatus();
        return caller;
    }

    private static void started(Machine machine) {
        UserContext context = new UserContext();
        byte[] bytes = start(machine, context);
        Expect.equal(0, machine.contexts().validate(bytes, caller(machine)), "validate");
        UserRegisters registers = context.registers();
        Expect.equal(START, registers.pc, "program counter");
        Expect.equal(PRIVATE, registers.tls, "thread pointer");
        Expect.equal(machine.contexts().initialStatus(), registers.status, "status");
        Expect.that(registers.sp <= BASE + BYTES && registers.sp > BASE + BYTES - LARGEST_PUSH,
                "the stack pointer is at the end of the stack");
        int needed = UserContext.UC_CPU | UserContext.UC_STACK | UserContext.UC_TLSBASE;
        Expect.equal(needed, context.flags & needed, "flags");
    }

    private static void roundTrip(Machine machine) {
        UserContext before = new UserContext();
        start(machine, before);
        before.flags |= UserContext.UC_SIGMASK | UserContext.UC_SETSTACK;
        before.link = 0x1000;
        before.signalMaskLow = 0x2_0000_0002L;
        before.signalMaskHigh = 0x3_0000_0003L;
        before.registers().framePointer = 0x70_3000;
        byte[] bytes = new byte[machine.contexts().size()];
        machine.contexts().store(before, bytes);
        UserContext after = new UserContext();
        machine.contexts().load(bytes, after);
        Expect.equal(before.flags, after.flags, "flags");
        Expect.equal(before.link, after.link, "link");
        Expect.equal(before.signalMaskLow, after.signalMaskLow, "signal mask");
        Expect.equal(before.signalMaskHigh, after.signalMaskHigh, "signal mask, high");
        Expect.equal(before.stackBase, after.stackBase, "stack");
        Expect.equal(before.stackBytes, after.stackBytes, "stack size");
        Expect.equal(before.registers().pc, after.registers().pc, "program counter");
        Expect.equal(before.registers().sp, after.registers().sp, "stack pointer");
        Expect.equal(before.registers().framePointer, after.registers().framePointer, "frame pointer");
        Expect.equal(before.registers().tls, after.registers().tls, "thread pointer");
        Expect.equal(before.registers().status, after.registers().status, "status");
    }

    private static void garbage(Machine machine) {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            byte[] bytes = new byte[machine.contexts().size()];
            random.nextBytes(bytes);
            machine.contexts().load(bytes, new UserContext());
            machine.contexts().validate(bytes, caller(machine));
        }
    }

    private static void status(Machine machine) {
        long initial = machine.contexts().initialStatus();
        Expect.equal(initial, machine.contexts().mergeStatus(initial, initial), "status");
    }
}
