// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.lwp.kernel.KernelConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.fixture.Session;
import userland.program.User;

/** How many shootdowns a program causes: those of one call are one, and an idle CPU takes part once. */
class ShootdownTest {
    private static final long PAGE = 4096;
    private static final int PRIVATE_ANON = 0x1002;

    private static long shootdowns(Session session) {
        return session.kernel().vm().context().pmap().stats().shootdowns();
    }

    /** Four pages in entries of their own. */
    private static long map(User user) {
        long start = user.mmap(0, 4 * PAGE, 3, PRIVATE_ANON, -1, 0);
        user.mprotect(start + PAGE, PAGE, 7);
        user.mprotect(start + 3 * PAGE, PAGE, 7);
        for (int page = 0; page < 4; page++) {
            user.store64(start + page * PAGE, page);
        }
        return start;
    }

    @ParameterizedTest
    @CsvSource({
        // machine, shootdowns of an unmapping, a protection and a fork of four entries each
        "amd64, 1 1 1", "i386, 1 1 1", "aarch64, 0 0 0", "armv7, 0 0 0",
    })
    void aCallIsOneShootdown(String machine, String expected) {
        try (Session session = new Session(KernelConfig.standard().withMachine(machine).withCpus(2))) {
            String[] seen = new String[1];
            assertEquals("GONE 0 0", session.runToEnd((user, args) -> {
                long flag = user.allocate(8);
                long helper = user.pthread().threads().create(user, (in, argument) -> {
                    while (in.load64(flag) == 0) {
                        in.compute(5_000);
                    }
                }, 0);
                user.compute(1_000_000);
                long mapped = map(user);
                long start = shootdowns(session);
                user.munmap(mapped, 4 * PAGE);
                long unmapped = shootdowns(session);
                mapped = map(user);
                long again = shootdowns(session);
                user.mprotect(mapped, 4 * PAGE, 1);
                long lowered = shootdowns(session);
                user.mprotect(mapped, 4 * PAGE, 3);
                map(user);
                long before = shootdowns(session);
                int child = user.fork((in, argument) -> { });
                long forked = shootdowns(session);
                seen[0] = unmapped - start + " " + (lowered - again) + " " + (forked - before);
                user.store64(flag, 1);
                user.waitChild(child, 0);
                return user.pthread().threads().join(user, helper);
            }));
            assertEquals(expected, seen[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"amd64, 1 0 1", "i386-pae, 1 0 1", "aarch64, 0 0 0"})
    void anIdleCpuTakesPartOnce(String machine, String expected) {
        try (Session session = new Session(KernelConfig.standard().withMachine(machine).withCpus(2))) {
            String[] seen = new String[1];
            session.kernel().watchTlbs(true);
            assertEquals("GONE 0 0", session.runToEnd((user, args) -> {
                long helper = user.pthread().threads().create(user, (in, argument) -> {
                    in.compute(200_000);
                    in.sleepUntil(in.monotonicNanos() + 20_000_000);
                    in.compute(20_000_000);
                }, 0);
                user.compute(2_000_000);
                long[] counts = new long[4];
                long[] mapped = {map(user), map(user), map(user)};
                counts[0] = shootdowns(session);
                user.munmap(mapped[0], PAGE);
                counts[1] = shootdowns(session);
                user.munmap(mapped[1], PAGE);
                counts[2] = shootdowns(session);
                user.sleepUntil(user.monotonicNanos() + 25_000_000);
                long back = shootdowns(session);
                user.munmap(mapped[2], PAGE);
                counts[3] = shootdowns(session);
                seen[0] = counts[1] - counts[0] + " " + (counts[2] - counts[1]) + " " + (counts[3] - back);
                return user.pthread().threads().join(user, helper);
            }));
            assertEquals(expected, seen[0]);
        }
    }
}
