// SPDX-License-Identifier: BSD-2-Clause
package userland.core.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import kernel.vm.page.VmCounter;
import kernel.vm.system.VmSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import userland.core.fixture.Session;
import userland.program.User;

/** Programs that use more memory than there is. */
class PagingTest {
    private static final long PAGE = 4096;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANON = 0x1002;
    private static final int SHARED_ANON = 0x1001;

    private static KernelConfig small(String policy) {
        return KernelConfig.standard().withMemoryBytes(16L << 20).withVariant("pageout", policy);
    }

    private static void fill(User user, long start, long pages, long salt) {
        for (long i = 0; i < pages; i++) {
            user.store64(start + i * PAGE + i % 512 * 8, i * salt + 1);
        }
    }

    private static boolean holds(User user, long start, long pages, long salt) {
        for (long i = 0; i < pages; i++) {
            if (user.load64(start + i * PAGE + i % 512 * 8) != i * salt + 1) {
                user.print("page " + i + " is wrong");
                return false;
            }
        }
        return true;
    }

    /** Every page, object and swap block went back. */
    static void assertNothingLeft(Session session) {
        session.kernel().ask(engine -> {
            VmSystem vm = session.kernel().vm();
            assertEquals(0, vm.context().objects().live(), "objects");
            assertEquals(0, vm.context().objects().swap().space().inUse(), "swap blocks");
            assertEquals(vm.pages().frames() - 1, vm.pages().free().size(), "free frames");
            assertEquals(0, vm.pages().wired(), "wired pages");
            assertEquals(0, vm.pages().pageable(), "pages in custody");
            return null;
        });
    }

    private static long count(Session session, VmCounter counter) {
        return session.kernel().ask(engine -> session.kernel().vm().counters().get(counter));
    }

    @ParameterizedTest
    @CsvSource({"twoqueue, amd64", "clock, amd64", "twoqueue, armv7", "clock, aarch64"})
    void sixteenMegabytesRunAProgramOf256(String policy, String machine) {
        try (Session session = new Session(small(policy).withMachine(machine))) {
            assertEquals("GONE 0 0", session.runToEnd((user, arguments) -> {
                long pages = 256 << 8;
                long start = user.mmap(0, pages * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
                fill(user, start, pages, 77);
                return holds(user, start, pages, 77) ? 0 : 1;
            }), () -> session.output().toString());
            assertTrue(count(session, VmCounter.PAGE_OUTS) >= 60_000);
            assertTrue(count(session, VmCounter.PAGE_INS) >= 60_000);
            assertNothingLeft(session);
        }
    }

    @ParameterizedTest
    @CsvSource({"twoqueue", "clock"})
    void forkedProcessesKeepTheirOwnCopies(String policy) {
        try (Session session = new Session(small(policy).withMemoryBytes(4L << 20).withCpus(2))) {
            assertEquals("GONE 0 0", session.runToEnd((user, arguments) -> {
                long pages = 1500;
                long own = user.mmap(0, pages * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
                long shared = user.mmap(0, pages * PAGE, READ_WRITE, SHARED_ANON, -1, 0);
                fill(user, own, pages, 3);
                int child = user.fork((childUser, argument) -> {
                    boolean inherited = holds(childUser, own, pages, 3);
                    fill(childUser, own, pages, 5);
                    fill(childUser, shared, pages, 7);
                    childUser.exit(inherited && holds(childUser, own, pages, 5) ? 0 : 1);
                });
                long status = user.allocate(8);
                boolean ended = user.waitChild(child, status) == child && user.load32(status) == 0;
                return ended && holds(user, own, pages, 3) && holds(user, shared, pages, 7) ? 0 : 1;
            }), () -> session.output().toString());
            assertNothingLeft(session);
        }
    }

    @Test
    void withoutSwapLeftTheBiggestProcessIsKilledAndTheOthersGoOn() {
        try (Session session = new Session(small("twoqueue").withSwapBytes(4L << 20))) {
            Proc small = session.spawn((user, arguments) -> {
                long start = user.mmap(0, 64 * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
                fill(user, start, 64, 9);
                user.sleepUntil(user.monotonicNanos() + 60_000_000_000L);
                return holds(user, start, 64, 9) ? 0 : 1;
            });
            Proc big = session.spawn((user, arguments) -> {
                long start = user.mmap(0, 64_000 * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
                fill(user, start, 64_000, 1);
                return 0;
            });
            session.run();
            assertEquals("9", session.kernel().ask(engine -> "" + big.exitSignal()));
            assertEquals("0 0", session.kernel().ask(engine -> small.exitStatus() + " " + small.exitSignal()));
            assertEquals(1, count(session, VmCounter.OUT_OF_MEMORY));
            assertNothingLeft(session);
        }
    }

    @Test
    void anLwpSleepsWhileTheDiskWorksAndOthersRun() {
        try (Session session = new Session(small("twoqueue").withMemoryBytes(4L << 20))) {
            long[] computed = new long[1];
            Proc pager = session.spawn((user, arguments) -> {
                long start = user.mmap(0, 2000 * PAGE, READ_WRITE, PRIVATE_ANON, -1, 0);
                fill(user, start, 2000, 1);
                return holds(user, start, 2000, 1) ? 0 : 1;
            });
            session.spawn((user, arguments) -> {
                while (pager.state() == Proc.State.ACTIVE) {
                    user.compute(10_000);
                    computed[0] += 10_000;
                }
                return 0;
            });
            session.run();
            long disk = session.kernel().ask(engine -> session.kernel().vm().context().transfers().disk().busyNanos());
            assertTrue(computed[0] > disk / 2, computed[0] + " ns computed, " + disk + " ns of disk");
            assertEquals("0", session.kernel().ask(engine -> "" + pager.exitStatus()));
        }
    }

    @Test
    void sameSeedSameEvents() {
        assertEquals(hashOfARun(), hashOfARun());
    }

    private static String hashOfARun() {
        try (Session session = new Session(small("clock").withMemoryBytes(2L << 20).withCpus(2).withSeed(11))) {
            session.spawn(PagedMemory::main, "1", "600", "200");
            session.spawn(PagedMemory::main, "2", "600", "200");
            session.run();
            return session.kernel().ask(engine -> engine.events().hashText());
        }
    }
}
