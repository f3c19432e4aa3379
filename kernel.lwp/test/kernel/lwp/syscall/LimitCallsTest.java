// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Resource;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** getrlimit and setrlimit: errors in their order, what is cut, and that limits limit. */
class LimitCallsTest {
    private static final long BAD = 8;
    private static final long MS = 1_000_000L;
    private static final long INFINITY = Resource.INFINITY;
    private static final int RLIMIT_NTHR = 11;

    private static void main(String lwp, String machine, int uid, Consumer<User> main) {
        try (TestKernel kernel = new TestKernel(TestKernel.config(lwp).withMachine(machine).withCpus(2))) {
            boolean[] done = new boolean[1];
            kernel.spawn(uid, user -> {
                main.accept(user);
                done[0] = true;
            });
            kernel.run();
            assertEquals(true, done[0]);
            kernel.assertSound();
        }
    }

    private static long limits(User user, long soft, long hard) {
        long at = user.scratch() + 512;
        user.storeLong(at, soft);
        user.storeLong(at + 8, hard);
        return at;
    }

    private static int set(User user, int which, long soft, long hard) {
        return user.call("setrlimit", which, limits(user, soft, hard));
    }

    private static String get(User user, int which) {
        long at = user.scratch() + 640;
        user.storeLong(at + 16, 77);
        assertEquals(0, user.call("getrlimit", which, at));
        assertEquals(77, user.loadLong(at + 16));
        return user.loadLong(at) + " " + user.loadLong(at + 8);
    }

    /** rlim_t has 64 bits, whatever a word has. */
    @ParameterizedTest
    @ValueSource(strings = {"test", "narrow"})
    void bothLimitsHave64BitsEverywhere(String machine) {
        main("1.84", machine, 0, user -> {
            assertEquals(INFINITY + " " + INFINITY, get(user, Resource.MEMLOCK.number()));
            assertEquals(0, set(user, Resource.MEMLOCK.number(), 5L << 32, 6L << 32));
            assertEquals((5L << 32) + " " + (6L << 32), get(user, Resource.MEMLOCK.number()));
        });
    }

    /** Every error, and for each two that can meet, the one that is found first. */
    @ParameterizedTest
    @CsvSource({
        // user, which, soft, hard, readable, expected
        "0,   6,  1,  2, true,  0",
        "0,   6,  1,  2, false, EFAULT",
        "0,  12,  1,  2, true,  EINVAL",
        "0,  -1,  1,  2, true,  EINVAL",
        "0,  12,  1,  2, false, EFAULT",
        "0,   6,  3,  2, true,  EINVAL",
        "0,   6, -1,  2, true,  EINVAL",
        "7,  12,  1,  9, true,  EINVAL",
        // The hard limit of data is 8 in these tests, and the soft one 4.
        "7,   2,  4,  8, true,  0",
        "7,   2,  8,  8, true,  0",
        "7,   2,  4,  9, true,  EPERM",
        "7,   2,  9,  8, true,  EINVAL",
        "7,   2, 10,  9, true,  EINVAL",
        "0,   2,  4,  9, true,  0",
        "7,   2,  1,  3, true,  0",
    })
    void errorsInTheirOrder(int uid, int which, long soft, long hard, boolean readable, String expected) {
        main("1.84", "test", uid, user -> {
            user.lwp().proc().limits().set(Resource.DATA, 4, 8);
            long at = readable ? limits(user, soft, hard) : BAD;
            int error = user.call("setrlimit", which, at);
            assertEquals(expected, error == 0 ? "0" : Errno.name(error));
            if (which == Resource.DATA.number()) {
                assertEquals(error == 0 ? soft + " " + hard : "4 8", get(user, which));
            }
        });
    }

    @Test
    void readingHasTwoErrors() {
        main("1.84", "test", 7, user -> {
            assertEquals(Errno.EINVAL, user.call("getrlimit", 12, BAD));
            assertEquals(Errno.EINVAL, user.call("getrlimit", -1, user.scratch()));
            assertEquals(Errno.EFAULT, user.call("getrlimit", 6, BAD));
            assertEquals(Errno.EFAULT, user.call("getrlimit", 6, user.map(4096) + 4096 - 8));
        });
    }

    @ParameterizedTest
    @CsvSource({"1.47, EINVAL", "1.76.2.1, 0", "1.84, 0"})
    void onlyLaterRevisionsKnowTheThreadLimit(String lwp, String expected) {
        main(lwp, "test", 7, user -> {
            int error = set(user, RLIMIT_NTHR, 1, 1);
            assertEquals(expected, error == 0 ? "0" : Errno.name(error));
            error = user.call("getrlimit", RLIMIT_NTHR, user.scratch());
            assertEquals(expected, error == 0 ? "0" : Errno.name(error));
            user.create(child -> child.sleep(50 * MS));
            long at = user.context(child -> { }, 0);
            assertEquals(expected.equals("0") ? Errno.EAGAIN : 0, user.call("_lwp_create", at, 0, at + 1024));
        });
    }

    /** A process that has set its thread limit can read it, and is bound by it again, whatever came between. */
    @Test
    void theThreadLimitSurvivesARevisionThatHasNone() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            String[] seen = new String[2];
            kernel.spawn(7, user -> {
                assertEquals(0, set(user, RLIMIT_NTHR, 3, 4));
                user.sleep(100 * MS);
                seen[0] = get(user, RLIMIT_NTHR);
                assertEquals(0, set(user, RLIMIT_NTHR, 1, 4));
                user.create(child -> child.sleep(200 * MS));
                user.create(child -> child.sleep(200 * MS));
                user.sleep(100 * MS);
                long at = user.context(child -> { }, 0);
                seen[1] = Errno.name(user.call("_lwp_create", at, 0, at + 1024));
            });
            kernel.run(RunLimit.until(50 * MS));
            kernel.swap("lwp", "1.47");
            kernel.run(RunLimit.until(150 * MS));
            kernel.swap("lwp", "1.84");
            kernel.run();
            assertEquals("3 4", seen[0]);
            assertEquals("EAGAIN", seen[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void limitsThatTheSystemHasItselfAreCut(int which) {
        main("1.84", "test", 0, user -> {
            assertEquals(0, set(user, which, INFINITY, -1));
            var machine = user.lwp().proc().processes().machine().limits();
            long most = which == 2 ? machine.maxDataBytes() : which == 3 ? machine.maxStackBytes() : 1024;
            assertEquals(most + " " + most, get(user, which));
        });
    }

    @Test
    void aLimitAboveInfinityIsInfinity() {
        main("1.84", "test", 0, user -> {
            assertEquals(0, set(user, Resource.MEMLOCK.number(), 5, 6));
            assertEquals(0, set(user, Resource.MEMLOCK.number(), -2, -1));
            assertEquals(INFINITY + " " + INFINITY, get(user, Resource.MEMLOCK.number()));
        });
    }

    @Test
    void theStackLimitIsInPagesAndNotBelowTheStack() {
        main("1.84", "test", 0, user -> {
            user.lwp().proc().vmspace().stack(1L << 30, 8192, 3);
            assertEquals(Errno.EINVAL, set(user, Resource.STACK.number(), 8191, 1 << 20));
            assertEquals(0, set(user, Resource.STACK.number(), 8193, 1 << 20));
            assertEquals("12288 1048576", get(user, Resource.STACK.number()));
        });
    }

    @Test
    void filesAddressSpaceAndLockedMemoryAreLimited() {
        main("1.84", "test", 0, user -> {
            assertEquals(0, set(user, Resource.NOFILE.number(), 2, 2));
            assertEquals(0, user.value("socket", 0, 0, 0));
            assertEquals(1, user.value("socket", 0, 0, 0));
            assertEquals(Errno.EMFILE, user.call("socket", 0, 0, 0));
            assertEquals(0, set(user, Resource.MEMLOCK.number(), 4096, 4096));
            long at = user.map(8192);
            assertEquals(Errno.ENOMEM, user.call("mlock", at, 8192));
            assertEquals(0, set(user, Resource.VMEM.number(), 1 << 16, 1 << 16));
            assertEquals(Errno.ENOMEM, user.call("mmap", 0, 1 << 17, 3, 0x1002, -1, 0));
        });
    }

    /** The superuser is not bound, a zombie counts until it is waited for. */
    @ParameterizedTest
    @CsvSource({"7, EAGAIN", "0, 0"})
    void processesOfAUserAreLimited(int uid, String expected) {
        main("1.84", "test", uid, user -> {
            assertEquals(0, set(user, Resource.NPROC.number(), 2, 2));
            int first = user.fork(child -> { });
            user.sleep(50 * MS);
            assertEquals(2, user.lwp().proc().processes().processesOf(uid));
            int error = user.tryFork(child -> { });
            assertEquals(expected, error == 0 ? "0" : Errno.name(error));
            assertEquals(first, user.value("wait4", first, 0, 0));
            user.fork(child -> { });
        });
    }

    @Test
    void aChildHasItsOwnCopy() {
        main("1.84", "test", 0, user -> {
            assertEquals(0, set(user, Resource.CORE.number(), 5, 6));
            String[] seen = new String[1];
            user.fork(child -> {
                seen[0] = get(child, Resource.CORE.number());
                set(child, Resource.CORE.number(), 1, 1);
            });
            assertEquals(0, user.call("wait4", -1, 0, 0));
            assertEquals("5 6", seen[0]);
            assertEquals("5 6", get(user, Resource.CORE.number()));
        });
    }
}
