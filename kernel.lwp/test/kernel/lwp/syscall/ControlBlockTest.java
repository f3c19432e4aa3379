// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.ChildWait;
import kernel.sched.errno.Errno;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** _lwp_ctl: the block in which an LWP sees its CPU and how often it was switched in. */
class ControlBlockTest {
    private static final long MS = 1_000_000L;
    private static final long BAD = 0xdead_0000L;
    private static final int BOTH = 3;
    private static final int NONE = -1;
    private static final int EXITED = -2;

    private static long open(User user) {
        long at = user.scratch() + 512;
        assertEquals(0, user.call("_lwp_ctl", BOTH, at));
        return user.loadLong(at);
    }

    @ParameterizedTest
    @CsvSource({
        // features, good pointer, errno
        "4, false, 19", "7, true, 19", "-1, true, 19",
        "0, false, 14", "0, true, 0", "1, true, 0", "2, true, 0", "3, true, 0", "3, false, 14",
    })
    void checksComeInOrder(int features, boolean pointer, int errno) {
        for (String lwp : new String[] {"1.47", "1.76.2.1", "1.84"}) {
            try (TestKernel kernel = new TestKernel(lwp, 1)) {
                kernel.runToEnd(user -> assertEquals(errno,
                        user.call("_lwp_ctl", features, pointer ? user.scratch() : BAD), lwp));
            }
        }
        assertEquals(19, Errno.ENODEV);
    }

    @Test
    void callingAgainGivesTheSameBlock() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                assertEquals(Errno.EFAULT, user.call("_lwp_ctl", BOTH, BAD));
                long block = open(user);
                assertEquals(block, open(user));
                assertEquals(0, block % 4096);
                user.await(user.create(child -> assertEquals(block + 8, open(child))));
            });
        }
    }

    /** The counter differs across a sleep, and the CPU is there as soon as the LWP runs. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aSleepCounts(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            kernel.runToEnd(user -> {
                long block = open(user);
                assertEquals(0, user.load(block));
                int before = user.load(block + 4);
                user.sleep(10 * MS);
                assertEquals(before + 1, user.load(block + 4));
                assertEquals(0, user.load(block));
            });
        }
    }

    /** One LWP watches the other on its CPU, asleep and gone. */
    @Test
    void othersSeeWhereAnLwpIs() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            kernel.runToEnd(user -> {
                long[] block = new long[1];
                int[] cpu = {-5};
                int a = user.create(child -> {
                    block[0] = open(child);
                    cpu[0] = child.load(block[0]);
                    child.compute(30 * MS);
                    child.sleep(100 * MS);
                });
                user.compute(20 * MS);
                assertTrue(cpu[0] >= 0);
                assertNotEquals(user.lwp().cpu().id(), user.load(block[0]));
                assertTrue(user.load(block[0]) >= 0);
                user.compute(40 * MS);
                assertEquals(NONE, user.load(block[0]));
                user.sleep(200 * MS);
                assertEquals(EXITED, user.load(block[0]));
                int counted = user.load(block[0] + 4);
                assertEquals(0, user.await(a));
                int b = user.create(child -> {
                    assertEquals(block[0], open(child));
                    assertEquals(counted, child.load(block[0] + 4));
                });
                assertEquals(0, user.await(b));
            });
        }
    }

    /** Blocks come back, and the pages with them at exit; a child has no region. */
    @Test
    void nothingIsLeftBehind() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            int before = kernel.kernel().processes().vm().pages().wired();
            kernel.runToEnd(user -> {
                long block = open(user);
                for (int i = 0; i < 600; i++) {
                    user.await(user.create(child -> open(child)));
                }
                int[] held = new int[600];
                for (int i = 0; i < 600; i++) {
                    held[i] = user.create(child -> {
                        open(child);
                        child.park(0);
                    });
                }
                user.sleep(500 * MS);
                for (int lid : held) {
                    user.unpark(lid, 0);
                    assertEquals(0, user.await(lid));
                }
                int pid = user.fork(child -> child.load(block));
                assertEquals(0, user.call("wait4", pid, user.scratch(), 0));
                assertEquals(11 | ChildWait.COREFLAG, user.load(user.scratch()));
            });
            assertEquals(before, kernel.kernel().processes().vm().pages().wired());
        }
    }

    /** The process may unmap the region; the kernel goes on to count in pages of its own. */
    @Test
    void anUnmappedBlockDoesNoHarm() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                long block = open(user);
                assertEquals(0, user.call("munmap", block, 65536));
                long other = user.map(16384);
                user.sleep(20 * MS);
                for (int i = 0; i < 16384; i += 8) {
                    assertEquals(0, user.loadLong(other + i));
                }
            });
        }
    }

    @Test
    void theBlockCrossesSwaps() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            int[] counts = new int[2];
            kernel.spawn(user -> {
                long block = open(user);
                counts[0] = user.load(block + 4);
                user.sleep(100 * MS);
                counts[1] = user.load(block + 4);
                assertTrue(user.load(block) >= 0);
            });
            kernel.run(RunLimit.until(50 * MS));
            kernel.swap("machine", "small");
            kernel.swap("lwp", "1.47");
            kernel.run();
            kernel.assertSound();
            assertEquals(counts[0] + 1, counts[1]);
        }
    }
}
