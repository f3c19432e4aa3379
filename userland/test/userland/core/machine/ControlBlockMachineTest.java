// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.pthread.Pthread;
import userland.program.User;

/** Control blocks of {@code _lwp_ctl} on real page tables: user code sees what the switches wrote, through every swap. */
class ControlBlockMachineTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 25;

    @ParameterizedTest
    @ValueSource(strings = {
        "machine amd64 aarch64 amd64-la57", "machine i386 armv7 i386-pae", "lwp 1.84 1.47 1.76.2.1", "sched 4bsd m2",
    })
    void blocksStayUpToDate(String swapped) {
        List<String> words = List.of(swapped.split(" "));
        List<String> variants = words.subList(1, words.size());
        KernelConfig config = KernelConfig.standard().withCpus(3).withVariant(words.getFirst(), variants.getFirst());
        try (Session session = new Session(config)) {
            Proc process = session.spawn(ControlBlockMachineTest::main,
                    Integer.toString(session.kernel().processes().wordBits()));
            Random random = new Random(5);
            int swaps = 0;
            while (session.kernel().run(RunLimit.events(1 + random.nextInt(60))).reason() == RunOutcome.Reason.LIMIT) {
                assertEquals(List.of(), session.kernel().checkInvariants());
                session.swap(words.getFirst(), variants.get(++swaps % variants.size()));
                assertEquals(List.of(), session.kernel().checkInvariants(), "after swap " + swaps);
            }
            assertTrue(swaps > 10, swaps + " swaps");
            assertEquals("GONE 0 0", process.state() + " " + process.exitStatus() + " " + process.exitSignal());
        }
    }

    /** Exits with 0 if every thread saw itself on a CPU and its count grow with every sleep. */
    private static int main(User user, String[] arguments) {
        Pthread pthread = user.pthread();
        long wrong = user.allocate(8);
        boolean narrow = arguments[0].equals("32");
        long[] made = new long[THREADS];
        for (int i = 0; i < THREADS; i++) {
            made[i] = pthread.threads().create(user, (thread, argument) -> watch(thread, narrow, wrong), 0);
        }
        for (long thread : made) {
            int error = pthread.threads().join(user, thread);
            if (error != 0) {
                return error;
            }
        }
        return (int) user.load64(wrong);
    }

    private static void watch(User user, boolean narrow, long wrong) {
        long place = user.allocate(8);
        long error = user.syscall("_lwp_ctl", 3, place);
        long block = narrow ? Integer.toUnsignedLong(user.load32(place)) : user.load64(place);
        for (int i = 0; i < ROUNDS && error == 0; i++) {
            int before = user.load32(block + 4);
            user.sleepUntil(user.monotonicNanos() + 1_000_000);
            if (user.load32(block) < 0 || user.load32(block + 4) - before <= 0) {
                error = 1;
            }
        }
        if (error != 0) {
            user.store64(wrong, error);
        }
    }
}
