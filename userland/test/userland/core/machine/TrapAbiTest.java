// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.TrapAbi;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.fixture.Session;
import userland.program.User;

/** How system calls are carried in registers: number, arguments, two results, error flag, restart. */
class TrapAbiTest {
    private static final int NUMBER = 478;
    private static final int RESULT = 0xbeef;
    private static final int SECOND = 0x77;
    private static final long PC = 0x40_1006;

    /** Numbers in brackets are offsets above the stack pointer, others offsets in the ucontext_t. */
    private static void expectArguments(Machine machine, byte[] context, String places) {
        String[] each = places.split(" ");
        for (int i = 0; i < each.length; i++) {
            int stack = machine.traps().stackOffset(i);
            if (each[i].startsWith("[")) {
                assertEquals(each[i], "[" + stack + "]", "argument " + i);
            } else {
                assertEquals(-1, stack, "argument " + i);
                assertEquals(100 + i, Machines.word(machine, context, Integer.parseInt(each[i])), "argument " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // machine, program counter and its step, status and its error flag, number (- in the instruction), two results,
        // arguments
        "i386,       92, 2, 100, 0x1,        80, 80 72, [4] [8] [12] [16] [20] [24] [28] [32]",
        "i386-pae,   92, 2, 100, 0x1,        80, 80 72, [4] [8] [12] [16] [20] [24] [28] [32]",
        "amd64,     224, 2, 240, 0x1,       168, 168 72, 56 64 72 104 88 96 [8] [16]",
        "amd64-la57, 224, 2, 240, 0x1,      168, 168 72, 56 64 72 104 88 96 [8] [16]",
        "armv7,     100, 4, 104, 0x20000000,  -, 40 44, 40 44 48 52 [0] [4] [8] [12]",
        "aarch64,   320, 4, 328, 0x20000000,  -, 64 72, 64 72 80 88 96 104 112 120 [0] [8]",
        "aarch64-hafdbs, 320, 4, 328, 0x20000000, -, 64 72, 64 72 80 88 96 104 112 120 [0] [8]",
    })
    void theRegistersOfACall(String name, int pc, int step, int status, String flag, String number, String results,
            String arguments) {
        Machine machine = Machines.of(name);
        TrapAbi traps = machine.traps();
        byte[] context = new byte[machine.contexts().size()];
        Machines.word(machine, context, pc, PC);
        long[] values = new long[arguments.split(" ").length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 + i;
        }
        traps.enter(context, NUMBER, values);
        if (!number.equals("-")) {
            assertEquals(NUMBER, Machines.word(machine, context, Integer.parseInt(number)));
        }
        expectArguments(machine, context, arguments);
        int first = Integer.parseInt(results.split(" ")[0]);
        traps.fail(context, Errno.EINTR);
        assertEquals(Errno.EINTR, Machines.word(machine, context, first));
        assertEquals(Long.decode(flag), Machines.word(machine, context, status));
        traps.succeed(context, RESULT, SECOND);
        assertEquals(RESULT, Machines.word(machine, context, first));
        assertEquals(SECOND, Machines.word(machine, context, Integer.parseInt(results.split(" ")[1])));
        assertEquals(0, Machines.word(machine, context, status));
        traps.restart(context);
        assertEquals(PC - step, Machines.word(machine, context, pc));
    }

    @ParameterizedTest
    @CsvSource({"amd64", "amd64-la57"})
    void syscallDestroysTwoRegisters(String name) {
        Machine machine = Machines.of(name);
        byte[] context = new byte[machine.contexts().size()];
        Machines.word(machine, context, 224, PC);
        Machines.word(machine, context, 240, 0x246);
        machine.traps().enter(context, NUMBER, new long[0]);
        assertEquals(PC, Machines.word(machine, context, 80), "RCX");
        assertEquals(0x246, Machines.word(machine, context, 112), "R11");
    }

    @ParameterizedTest
    @CsvSource({"armv7, 104, 0x30, 2", "armv7, 104, 0x10, 4"})
    void thumbCallsAreTwoBytes(String name, int status, String value, int step) {
        Machine machine = Machines.of(name);
        byte[] context = new byte[machine.contexts().size()];
        Machines.word(machine, context, 100, PC);
        Machines.word(machine, context, status, Long.decode(value));
        machine.traps().restart(context);
        assertEquals(PC - step, Machines.word(machine, context, 100));
    }

    /** What the handler of a signal that comes during a sleep sees in its frame. */
    private static List<Long> seen(String name, int flags, int pc, int first, int status) {
        Machine machine = Machines.of(name);
        List<Long> seen = new ArrayList<>();
        try (Session session = new Session(KernelConfig.standard().withMachine(name).withCpus(1))) {
            String end = session.runToEnd((user, args) -> {
                long before = ((userland.core.process.LwpUser) user).lwp().registers().pc;
                user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> {
                    byte[] bytes = new byte[in.contextBytes()];
                    in.read(context, bytes, 0, bytes.length);
                    seen.add(Machines.word(machine, bytes, pc) - before);
                    seen.add(Machines.word(machine, bytes, first));
                    seen.add(Machines.word(machine, bytes, status));
                }, flags, 0);
                int me = user.pid();
                user.fork((in, argument) -> {
                    in.sleepUntil(in.monotonicNanos() + 1_000_000);
                    in.kill(me, Signal.SIGUSR1);
                    in.sleepUntil(in.monotonicNanos() + 1_000_000);
                });
                return waitForChild(user);
            });
            assertEquals("GONE 0 0", end);
        }
        return seen;
    }

    /** wait4 is restarted or ends with EINTR. */
    private static int waitForChild(User user) {
        int result = user.waitChild(-1, 0);
        return result > 0 || user.errno() == Errno.EINTR ? 0 : 1;
    }

    @ParameterizedTest
    @CsvSource({
        "i386, 92, 80, 100, 0x203", "i386-pae, 92, 80, 100, 0x203", "amd64, 224, 168, 240, 0x203",
        "amd64-la57, 224, 168, 240, 0x203", "armv7, 100, 40, 104, 0x20000010", "aarch64, 320, 64, 328, 0x20000000",
    })
    void aHandlerSeesThatItsSignalEndedTheCall(String name, int pc, int first, int status, String flags) {
        assertEquals(List.of(0L, (long) Errno.EINTR, Long.decode(flags)), seen(name, 0, pc, first, status));
    }

    /** Where the number is in a register it is still there; elsewhere the first argument is. */
    @ParameterizedTest
    @CsvSource({
        "i386, 92, 80, 100, 2, 449", "amd64, 224, 168, 240, 2, 449", "armv7, 100, 40, 104, 4, 0xffffffff",
        "aarch64, 320, 64, 328, 4, -1",
    })
    void aHandlerSeesThatTheCallWillBeMadeAgain(String name, int pc, int first, int status, int step, String register) {
        List<Long> seen = seen(name, SignalAction.SA_RESTART, pc, first, status);
        assertEquals(-step, seen.get(0).intValue());
        assertEquals(Long.decode(register), seen.get(1));
        assertEquals(Machines.of(name).contexts().initialStatus(), seen.get(2));
    }
}
