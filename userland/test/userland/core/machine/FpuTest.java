// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.machine.UserContext;
import kernel.lwp.proc.Proc;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.program.User;
import userland.pthread.Pthread;

/** Floating-point registers: each LWP has its own, through switches, forks, contexts, handlers and machine swaps. */
class FpuTest {
    private static final String WELL = "GONE 0 0";
    private static final int THREADS = 5;

    private static String run(String machine, Consumer<User> body) {
        try (Session session = new Session(KernelConfig.standard().withMachine(machine).withCpus(2))) {
            return session.runToEnd((user, args) -> {
                body.accept(user);
                return 0;
            });
        }
    }

    private static long value(int thread, int register, int round) {
        return Double.doubleToRawLongBits(thread * 1000.0 + register * 10.0 + round);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "i386-pae", "amd64", "amd64-la57", "armv7", "aarch64", "aarch64-hafdbs"})
    void everyThreadKeepsItsRegistersThroughSwitchesAndMoves(String machine) {
        assertEquals(WELL, run(machine, user -> {
            Pthread pthread = user.pthread();
            long[] threads = new long[THREADS];
            for (int i = 0; i < THREADS; i++) {
                threads[i] = pthread.threads().create(user, FpuTest::compute, i);
            }
            for (long thread : threads) {
                assertEquals(0, pthread.threads().join(user, thread));
            }
        }));
    }

    private static void compute(User user, long argument) {
        int thread = (int) argument;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < user.floatRegisters(); i++) {
                user.storeFloat(i, value(thread, i, round));
            }
            user.compute(30_000L * (thread + 1));
            user.sleepUntil(user.monotonicNanos() + 10_000L);
            for (int i = 0; i < user.floatRegisters(); i++) {
                assertEquals(value(thread, i, round), user.loadFloat(i), "register " + i + " of thread " + thread);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"i386, 8", "amd64, 16", "armv7, 32", "aarch64, 32"})
    void aMachineHasTheseRegisters(String machine, int registers) {
        assertEquals(WELL, run(machine, user -> {
            assertEquals(registers, user.floatRegisters());
            assertEquals(0, user.loadFloat(registers - 1));
            assertThrows(IllegalArgumentException.class, () -> user.loadFloat(registers));
            assertThrows(IllegalArgumentException.class, () -> user.storeFloat(-1, 0));
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "amd64", "armv7", "aarch64"})
    void childrenAndNewThreadsBeginWithTheRegistersOfTheirMaker(String machine) {
        assertEquals(WELL, run(machine, user -> {
            user.storeFloat(3, 42);
            long shared = user.mmap(0, 4096, 3, 0x1001, -1, 0);
            int child = user.fork((in, argument) -> {
                in.store64(shared, in.loadFloat(3));
                in.storeFloat(3, 43);
            });
            user.waitChild(child, 0);
            assertEquals(42, user.load64(shared));
            assertEquals(42, user.loadFloat(3));
            long thread = user.pthread().threads().create(user, (in, argument) -> {
                assertEquals(42, in.loadFloat(3));
                in.storeFloat(3, 44);
            }, 0);
            assertEquals(0, user.pthread().threads().join(user, thread));
            assertEquals(42, user.loadFloat(3));
        }));
    }

    /** Offsets of the first register in a ucontext_t. */
    private static int firstRegister(String machine) {
        return switch (machine) {
            case "i386" -> 112 + 160;
            case "amd64" -> 272 + 160;
            case "armv7" -> 112 + 8;
            default -> 352;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "amd64", "armv7", "aarch64"})
    void aContextHoldsThem(String machine) {
        assertEquals(WELL, run(machine, user -> {
            long context = user.allocate(user.contextBytes());
            int first = firstRegister(machine);
            user.storeFloat(0, 7);
            assertEquals(0, user.getcontext(context));
            assertTrue((user.load32(context) & UserContext.UC_FPU) != 0);
            assertEquals(7, user.load64(context + first));
        }));
    }

    @ParameterizedTest
    @CsvSource({"i386, 0x28", "amd64, 0x8", "armv7, 0", "aarch64, 0"})
    void whoNeverUsedThemHasThemInAContextOnlyWhereSwitchesExchangeThem(String machine, String flags) {
        assertEquals(WELL, run(machine, user -> {
            long context = user.allocate(user.contextBytes());
            assertEquals(0, user.getcontext(context));
            assertEquals(Integer.decode(flags), user.load32(context) & 0x28);
            if (machine.equals("amd64")) {
                assertEquals(0x037f, user.load16(context + 272));
                assertEquals(0x1f80, user.load32(context + 272 + 24));
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i386", "amd64", "armv7", "aarch64"})
    void aHandlerMayUseThem(String machine) {
        assertEquals(WELL, run(machine, user -> {
            user.storeFloat(1, 5);
            user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> {
                in.storeFloat(1, 6);
                in.store64(context + firstRegister(machine), 8);
            }, 0, 0);
            assertEquals(0, user.raise(Signal.SIGUSR1));
            assertEquals(5, user.loadFloat(1), "what the frame kept");
            assertEquals(8, user.loadFloat(0), "what the handler wrote into the frame");
        }));
    }

    @ParameterizedTest
    @CsvSource({"0x4, 0", "0x1000c, 0", "0xc, EINVAL"})
    void armRefusesAnAreaOfAnotherFormat(String flags, String expected) {
        assertEquals(WELL, run("armv7", user -> {
            long context = user.allocate(user.contextBytes());
            long stack = user.mmap(0, 65536, 3, 0x1002, -1, 0);
            user.makeContext(context, (in, argument) -> in.lwpExit(), 0, stack, 65536);
            user.store32(context, Integer.decode(flags));
            int result = user.lwpCreate(context, 0, user.allocate(4));
            assertEquals(expected, result == 0 ? "0" : Errno.name(user.errno()));
            if (result != 0) {
                assertEquals(-1, user.setcontext(context));
                assertEquals(Errno.EINVAL, user.errno());
            }
        }));
    }

    /** Without _UC_FXSAVE the area is that of FNSAVE, which has no XMM registers. */
    @ParameterizedTest
    @ValueSource(ints = {0, 0x20})
    void i386KnowsTheOldFormat(int fxsave) {
        assertEquals(WELL, run("i386", user -> {
            long context = user.allocate(user.contextBytes());
            user.storeFloat(0, 9);
            int[] times = new int[1];
            user.sigaction(Signal.SIGUSR1, (in, signal, info, saved) -> {
                byte[] old = new byte[108];
                ByteBuffer words = ByteBuffer.wrap(old).order(ByteOrder.LITTLE_ENDIAN);
                words.putShort(0, (short) 0x27f).putShort(8, (short) 0xfffc).putLong(28, 0x1122334455667788L);
                in.store32(saved, in.load32(saved) & ~0x20 | fxsave);
                if (fxsave == 0) {
                    in.write(saved + 112, old, 0, old.length);
                }
                times[0]++;
            }, 0, 0);
            assertEquals(0, user.raise(Signal.SIGUSR1));
            assertEquals(fxsave == 0 ? 0 : 9, user.loadFloat(0));
            assertEquals(0, user.getcontext(context));
            assertEquals(fxsave == 0 ? 0x27f : 0x37f, user.load16(context + 112));
            assertEquals(fxsave == 0 ? 1 : 0, user.load8(context + 112 + 4), "used registers");
            assertEquals(fxsave == 0 ? 0x1122334455667788L : 0, user.load64(context + 112 + 32));
            assertEquals(1, times[0]);
        }));
    }

    @ParameterizedTest
    @CsvSource({
        // machines; how many registers, and how many bytes of each, live through swaps between them
        "amd64 aarch64 amd64-la57, 16", "i386 armv7 i386-pae, 8", "aarch64 aarch64-hafdbs, 32",
    })
    void registersKeepTheirNumbersThroughSwaps(String names, int registers) {
        List<String> machines = List.of(names.split(" "));
        KernelConfig config = KernelConfig.standard().withCpus(2).withMachine(machines.getFirst());
        try (Session session = new Session(config)) {
            Proc process = session.spawn((user, args) -> {
                for (int i = 0; i < registers; i++) {
                    user.storeFloat(i, 100 + i);
                }
                user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> {
                    in.storeFloat(2, 1);
                    in.sleepUntil(in.monotonicNanos() + 2_000_000L);
                }, 0, 0);
                for (int round = 0; round < 10; round++) {
                    user.raise(Signal.SIGUSR1);
                    for (int i = 0; i < registers; i++) {
                        if (user.loadFloat(i) != 100 + i) {
                            return 1 + i;
                        }
                    }
                    user.compute(100_000);
                }
                return 0;
            });
            Random random = new Random(3);
            int swaps = 0;
            while (session.kernel().run(RunLimit.events(1 + random.nextInt(20))).reason() == RunOutcome.Reason.LIMIT) {
                session.swap("machine", machines.get(++swaps % machines.size()));
            }
            assertTrue(swaps > 10, swaps + " swaps");
            assertEquals(WELL, process.state() + " " + process.exitStatus() + " " + process.exitSignal());
        }
    }

    /** A first use after a switch traps where registers are loaded lazily. */
    @ParameterizedTest
    @CsvSource({"amd64, 0", "aarch64, 250", "armv7, 900"})
    void theFirstUseTrapsWhereTheyAreLoadedLazily(String machine, long trapNanos) {
        assertEquals(WELL, run(machine, user -> {
            long before = user.monotonicNanos();
            user.loadFloat(0);
            long first = user.monotonicNanos();
            user.loadFloat(0);
            long second = user.monotonicNanos();
            assertEquals(trapNanos, first - before - (second - first));
        }));
    }
}
