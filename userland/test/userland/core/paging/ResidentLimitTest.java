// SPDX-License-Identifier: BSD-2-Clause
package userland.core.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import kernel.vm.page.VmCounter;
import kernel.vm.syscall.Resource;
import kernel.vm.system.VmSystem;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.program.User;

/** What RLIMIT_RSS and long sleeps mean while memory is short. */
class ResidentLimitTest {
    private static final long PAGE = 4096;
    private static final int PRIVATE_ANON = 0x1002;
    private static final long SECOND = 1_000_000_000L;
    private static final int PAGES = 200;

    private static Session session(int cpus) {
        return new Session(KernelConfig.standard().withMemoryBytes(4L << 20).withCpus(cpus));
    }

    private static long fill(User user, int pages) {
        long start = user.mmap(0, pages * PAGE, 3, PRIVATE_ANON, -1, 0);
        for (int i = 0; i < pages; i++) {
            user.store64(start + i * PAGE, i + 1);
        }
        return start;
    }

    private static boolean holds(User user, long start, int pages) {
        for (int i = 0; i < pages; i++) {
            if (user.load64(start + i * PAGE) != i + 1) {
                return false;
            }
        }
        return true;
    }

    /** Uses more memory than there is for some time. */
    private static int lateHog(User user) {
        user.sleepUntil(user.monotonicNanos() + 3 * SECOND);
        return hog(user, 4 * SECOND);
    }

    private static int hog(User user, long nanos) {
        long until = user.monotonicNanos() + nanos;
        int pages = 1500;
        long start = fill(user, pages);
        while (user.monotonicNanos() < until) {
            if (!holds(user, start, pages)) {
                return 1;
            }
        }
        return 0;
    }

    private static long count(Session session, VmCounter counter) {
        return session.kernel().ask(engine -> session.kernel().vm().counters().get(counter));
    }

    private static long of(Session session, Proc proc, ToLongFunction<Proc> what) {
        return session.kernel().ask(engine -> what.applyAsLong(proc));
    }

    private static void limit(Session session, Proc proc, long pages) {
        session.kernel().ask(engine -> {
            proc.limits().set(Resource.RSS, pages * PAGE, pages * PAGE);
            return null;
        });
    }

    private static String end(Session session, Proc proc) {
        return session.kernel().ask(engine -> proc.exitStatus() + " " + proc.exitSignal());
    }

    private static void assertNothingLeft(Session session) {
        session.kernel().ask(engine -> {
            VmSystem vm = session.kernel().vm();
            assertEquals(0, vm.context().objects().live());
            assertEquals(vm.pages().frames() - 1, vm.pages().free().size());
            return null;
        });
    }

    /** Of two processes that say that they do not need their pages, the one with a limit gives way first. */
    @Test
    void aProcessWithALimitGivesWay() {
        try (Session session = session(1)) {
            ToIntFunction<User> body = user -> {
                long start = fill(user, PAGES);
                user.syscall("madvise", start, PAGES * PAGE, 4);
                long woken = user.monotonicNanos();
                while (user.monotonicNanos() < woken + 2 * SECOND) {
                    user.sleepUntil(user.monotonicNanos() + SECOND / 100);
                }
                return holds(user, start, PAGES) ? 0 : 1;
            };
            Proc limited = session.spawn((user, arguments) -> body.applyAsInt(user));
            Proc other = session.spawn((user, arguments) -> body.applyAsInt(user));
            limit(session, limited, 40);
            Proc hog = session.spawn((user, arguments) -> hog(user, SECOND));
            long[] resident = new long[2];
            session.kernel().run(RunLimit.when(() -> {
                resident[0] = limited.vmspace().pmap().residentCount();
                resident[1] = other.vmspace().pmap().residentCount();
                return session.kernel().vm().counters().get(VmCounter.RSS_TRIMS) > 0;
            }));
            assertTrue(resident[0] <= 40, resident[0] + " pages");
            assertTrue(resident[1] > 40, resident[1] + " pages of the other one");
            session.run();
            assertEquals("0 0 0 0 0 0", end(session, limited) + " " + end(session, other) + " " + end(session, hog));
            assertNothingLeft(session);
        }
    }

    @Test
    void withoutShortageALimitMeansNothing() {
        try (Session session = session(1)) {
            Proc limited = session.spawn((user, arguments) -> {
                long start = fill(user, PAGES);
                user.sleepUntil(user.monotonicNanos() + 10 * SECOND);
                return holds(user, start, PAGES) ? 0 : 1;
            });
            limit(session, limited, 10);
            session.kernel().run(RunLimit.until(5 * SECOND));
            assertTrue(of(session, limited, p -> p.vmspace().pmap().residentCount()) >= PAGES);
            session.run();
            assertEquals(0, count(session, VmCounter.RSS_TRIMS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIdleProcessIsSwappedOutAndComesBack(boolean enabled) {
        try (Session session = session(1)) {
            session.kernel().ask(engine -> {
                session.kernel().vm().context().tunables().swapsOut(enabled);
                return null;
            });
            Proc idle = session.spawn((user, arguments) -> {
                long start = fill(user, PAGES);
                user.sleepUntil(user.monotonicNanos() + 20 * SECOND);
                return holds(user, start, PAGES) ? 0 : 1;
            });
            Proc hog = session.spawn((user, arguments) -> lateHog(user));
            session.kernel().run(RunLimit.until(6 * SECOND));
            long swaps = count(session, VmCounter.SWAP_OUTS);
            if (enabled) {
                assertTrue(swaps > 0);
                assertEquals(0, of(session, idle, p -> p.vmspace().pmap().residentCount()));
            } else {
                assertEquals(0, swaps);
            }
            session.run();
            assertEquals("0 0 0 0", end(session, idle) + " " + end(session, hog));
            assertNothingLeft(session);
        }
    }

    @Test
    void lockedPagesOfAnIdleProcessStay() {
        try (Session session = session(1)) {
            Proc idle = session.spawn((user, arguments) -> {
                long start = fill(user, PAGES);
                user.syscall("mlock", start, 16 * PAGE);
                user.sleepUntil(user.monotonicNanos() + 20 * SECOND);
                return holds(user, start, PAGES) ? 0 : 1;
            });
            session.spawn((user, arguments) -> lateHog(user));
            session.kernel().run(RunLimit.until(6 * SECOND));
            assertTrue(count(session, VmCounter.SWAP_OUTS) > 0);
            long left = of(session, idle, p -> p.vmspace().pmap().residentCount());
            assertTrue(left >= 16 && left < PAGES, left + " pages");
            assertEquals(16, of(session, idle, p -> p.vmspace().pmap().wiredCount()));
            session.run();
            assertEquals("0 0", end(session, idle));
            assertNothingLeft(session);
        }
    }
}
