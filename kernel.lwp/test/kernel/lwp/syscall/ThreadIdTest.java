// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.sched.errno.Errno;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** _lwp_gettid: the system-wide thread ids of 1.76.2.1. */
class ThreadIdTest {
    private static final long MS = 1_000_000L;
    private static final int MASK = 0x3fff_ffff;

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.84"})
    void theOtherRevisionsDoNotHaveIt(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> assertEquals(Errno.ENOSYS, user.call("_lwp_gettid")));
        }
    }

    /** Eight LWPs in each of two processes have the same lids and all different thread ids. */
    @Test
    void idsDifferAcrossProcesses() {
        try (TestKernel kernel = new TestKernel("1.76.2.1", 2)) {
            Set<Long> ids = new HashSet<>();
            kernel.spawn(user -> collect(user, ids));
            kernel.runToEnd(user -> collect(user, ids));
            assertEquals(18, ids.size());
            assertTrue(ids.stream().allMatch(id -> id != 0 && (id & MASK) == id), ids::toString);
        }
    }

    private static void collect(User user, Set<Long> ids) {
        ids.add(user.value("_lwp_gettid"));
        for (int i = 0; i < 8; i++) {
            assertEquals(i + 2, user.create(child -> {
                long id = child.value("_lwp_gettid");
                assertEquals(id, child.value("_lwp_gettid"));
                ids.add(id);
                child.sleep(100 * MS);
            }));
        }
        for (int i = 0; i < 8; i++) {
            assertEquals(0, user.await(0));
        }
    }

    /** An id goes back when its LWP is freed, so LWPs that come and go do not use the ids up. */
    @Test
    void idsComeBack() {
        try (TestKernel kernel = new TestKernel("1.76.2.1", 1)) {
            long[] highest = new long[1];
            kernel.runToEnd(user -> {
                for (int i = 0; i < 200; i++) {
                    int lid = user.create(child -> highest[0] = Math.max(highest[0], child.value("_lwp_gettid")));
                    assertEquals(0, user.await(lid));
                    assertEquals(0, user.call("wait4", user.fork(child -> child.value("_lwp_gettid")), 0, 0));
                }
            });
            int pid = kernel.spawn(user -> { }).pid();
            kernel.run();
            assertTrue(pid != 0 && highest[0] < 30_000, () -> "thread id " + highest[0] + ", pid " + pid);
        }
    }

    /** A process keeps the call across a swap; an LWP that the other revision made has its lid as thread id. */
    @Test
    void theCallStaysAcrossASwap() {
        try (TestKernel kernel = new TestKernel("1.76.2.1", 1)) {
            long[] ids = new long[4];
            kernel.spawn(user -> {
                ids[0] = user.value("_lwp_gettid");
                user.sleep(50 * MS);
                ids[1] = user.value("_lwp_gettid");
                user.create(child -> child.sleep(50 * MS));
                ids[2] = user.create(child -> ids[3] = child.value("_lwp_gettid"));
                user.sleep(100 * MS);
            });
            kernel.run(RunLimit.until(20 * MS));
            kernel.swap("lwp", "1.84");
            kernel.run();
            kernel.assertSound();
            assertEquals(ids[0], ids[1]);
            assertEquals(ids[2], ids[3]);
            assertTrue(ids[0] != ids[2]);
        }
    }
}
