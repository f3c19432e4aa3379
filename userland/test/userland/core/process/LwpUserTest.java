// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import kernel.lwp.kernel.KernelConfig;
import kernel.sched.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.program.User;
import userland.program.UserFunction;

class LwpUserTest {
    private static final String WELL = "GONE 0 0";

    private static String run(Consumer<User> body) {
        return run("amd64", body);
    }

    private static String run(String machine, Consumer<User> body) {
        try (Session session = new Session(KernelConfig.standard().withMachine(machine).withCpus(2))) {
            return session.runToEnd((user, args) -> {
                body.accept(user);
                return 0;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void memoryHoldsWhatWasStored(String machine) {
        assertEquals(WELL, run(machine, user -> {
            long memory = user.allocate(64);
            user.store64(memory, 0x8877_6655_4433_2211L);
            assertEquals(0x11, user.load8(memory));
            assertEquals(0x88, user.load8(memory + 7));
            assertEquals(0x4433, user.load16(memory + 2));
            assertEquals(0x8877_6655, user.load32(memory + 4));
            user.store8(memory, -1);
            user.store16(memory + 2, -2);
            user.store32(memory + 4, -3);
            assertEquals(0xffff_fffd_fffe_22ffL, user.load64(memory));
            byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
            byte[] back = new byte[11];
            user.write(memory + 16, bytes, 0, 11);
            user.read(memory + 16, back, 0, 11);
            assertEquals(List.of(1, 2, 11), List.of((int) back[0], (int) back[1], (int) back[10]));
        }));
    }

    @Test
    void atomicsReportWhatWasThere() {
        assertEquals(WELL, run(user -> {
            long word = user.allocate(8);
            assertTrue(user.cas32(word, 0, 5));
            assertTrue(!user.cas32(word, 0, 6));
            assertEquals(5, user.fetchAdd32(word, 3));
            assertTrue(user.cas64(word, 8, 1L << 40));
            assertEquals(1L << 40, user.fetchAdd64(word, -1));
            assertEquals((1L << 40) - 1, user.load64(word));
        }));
    }

    @Test
    void aStrayLoadKillsTheProcess() {
        assertEquals("GONE 0 11", run(user -> user.load8(8)));
    }

    @Test
    void aWriteToTextKillsTheProcess() {
        assertEquals("GONE 0 11", run(user -> user.store8(TextSegment.BASE, 1)));
    }

    @Test
    void aContextWithoutAFunctionIsAnIllegalInstruction() {
        assertEquals("GONE 0 4", run(user -> {
            UserFunction function = (own, argument) -> { };
            long bound = user.functionAddress(function);
            long context = user.allocate(user.contextBytes());
            user.makeContext(context, function, 0, user.allocate(4096), 4096);
            for (int i = 0; i + 8 <= user.contextBytes(); i += 8) {
                if (user.load64(context + i) == bound) {
                    user.store64(context + i, bound + 0x1000);
                }
            }
            assertEquals(0, user.lwpCreate(context, 0, user.allocate(8)));
            user.compute(1_000_000);
            user.yield();
            user.compute(1_000_000);
        }));
    }

    @Test
    void theSameFunctionHasTheSameAddress() {
        assertEquals(WELL, run(user -> {
            UserFunction one = (own, argument) -> { };
            UserFunction other = (own, argument) -> own.yield();
            assertEquals(user.functionAddress(one), user.functionAddress(one));
            assertTrue(user.functionAddress(one) != user.functionAddress(other));
        }));
    }

    @Test
    void failuresSetErrno() {
        assertEquals(WELL, run(user -> {
            assertEquals(-1, user.lwpWait(4242, 0));
            assertEquals(Errno.ESRCH, user.errno());
            assertEquals(-1, user.syscall("no_such_call"));
            assertEquals(Errno.ENOSYS, user.errno());
            assertEquals(1024, user.syscall("_lwp_unpark_all"));
        }));
    }

    @Test
    void sleepingTakesAtLeastThatLong() {
        assertEquals(WELL, run(user -> {
            long until = user.monotonicNanos() + 25_000_000;
            user.sleepUntil(until);
            assertTrue(user.monotonicNanos() >= until);
        }));
    }

    @Test
    void aForkedChildHasItsOwnMemory() {
        assertEquals(WELL, run(user -> {
            long word = user.allocate(8);
            long status = user.allocate(8);
            user.store32(word, 1);
            int child = user.fork((own, argument) -> {
                own.store32(word, 2);
                own.exit(own.load32(word));
            });
            assertEquals(child, user.waitChild(child, status));
            assertEquals(2 << 8, user.load32(status));
            assertEquals(1, user.load32(word));
        }));
    }

    @Test
    void aProgramThatFailsIsAborted() {
        try (Session session = new Session(KernelConfig.standard())) {
            assertEquals("GONE 0 6", session.runToEnd((user, args) -> {
                throw new IllegalStateException("broken on purpose");
            }));
            assertTrue(session.output().getFirst().contains("broken on purpose"));
        }
    }

    @Test
    void wrongArgumentsAreReportedByTheProgram() {
        try (Session session = new Session(KernelConfig.standard())) {
            assertEquals("GONE 2 0", session.runToEnd((user, args) -> {
                throw new IllegalArgumentException("give a number");
            }));
            assertEquals(List.of("test: give a number"), session.output());
        }
    }
}
