// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one CPU does while another one is in the middle of the same: every moment of it is tried. */
class HandOverTest {
    private static final long MS = 1_000_000L;
    /** Longer than any of the calls takes. */
    private static final int SWEEP_NANOS = 12_000;
    private static final int STEP_NANOS = 100;

    /**
     * An unpark at every moment before, while and after its target parks and switches out: the target leaves with 0 or
     * finds the unpark pending, and both happen.
     */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void unparkWhileSwitchingOut(String lwp) {
        Set<Integer> seen = new TreeSet<>();
        for (int delay = 0; delay < SWEEP_NANOS; delay += STEP_NANOS) {
            int nanos = delay;
            int[] results = {-1, -1};
            try (TestKernel kernel = new TestKernel(lwp, 2)) {
                kernel.runToEnd(user -> {
                    long go = user.map(4096);
                    int sleeper = user.create(child -> {
                        meet(child, go, 0);
                        child.compute(SWEEP_NANOS / 2);
                        results[0] = child.park(go);
                    });
                    meet(user, go, 4);
                    user.compute(nanos);
                    results[1] = user.unpark(sleeper, go);
                    user.await(sleeper);
                });
            }
            assertEquals(0, results[1]);
            seen.add(results[0]);
        }
        assertEquals(Set.of(0, Errno.EALREADY), seen);
    }

    /** Two LWPs on CPUs of their own go on at the same time. */
    private static void meet(User user, long flags, int mine) {
        user.store(flags + mine, 1);
        while (user.load(flags + 4 - mine) == 0) {
            user.compute(STEP_NANOS);
        }
    }

    /**
     * An unpark at every moment while its target exits, is collected, and another LWP is made: it never reaches the
     * other one.
     */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void unparkWhileItsTargetIsReplaced(String lwp) {
        Set<Integer> seen = new TreeSet<>();
        for (int delay = 0; delay < 2 * SWEEP_NANOS; delay += 2 * STEP_NANOS) {
            int nanos = delay;
            try (TestKernel kernel = new TestKernel(lwp, 3)) {
                kernel.runToEnd(user -> {
                    long go = user.map(4096);
                    int leaver = user.create(child -> child.compute(SWEEP_NANOS / 2));
                    int waker = user.create(child -> {
                        meet(child, go, 0);
                        child.compute(nanos);
                        seen.add(child.unpark(leaver, 0));
                    });
                    meet(user, go, 4);
                    user.await(leaver);
                    Lwp next = user.lwp().proc().anyLwp(user.create(child -> child.compute(1 * MS)));
                    user.compute(SWEEP_NANOS);
                    assertEquals(0, next.flags() & LwpFlag.LW_UNPARKED);
                    user.await(waker);
                    user.await(next.lid());
                });
            }
        }
        assertEquals(Set.of(0, Errno.ESRCH), seen);
    }

    /** The id of a new LWP is in its creator's memory before its first instruction, wherever that runs. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void theIdIsThereFirst(String lwp) {
        for (int cpus = 1; cpus <= 2; cpus++) {
            int[] read = {-1, -1};
            try (TestKernel kernel = new TestKernel(lwp, cpus)) {
                kernel.runToEnd(user -> {
                    long at = user.context(child -> {
                        read[0] = child.load(child.argument());
                        read[1] = child.lwp().lid();
                    }, user.scratch() + 1024);
                    assertEquals(0, user.call("_lwp_create", at, 0, at + 1024));
                    assertEquals(0, user.await(0));
                });
            }
            assertTrue(read[0] > 0);
            assertEquals(read[1], read[0]);
        }
    }

    /** Many hand-overs on two CPUs: no wake is lost, none is invented. */
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void handOverLosesNothing(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            kernel.runToEnd(user -> {
                int rounds = 300;
                int main = user.lwp().lid();
                long turn = user.map(4096);
                int other = user.create(child -> {
                    for (int i = 0; i < rounds; i++) {
                        await(child, turn, 2 * i + 1);
                        child.store(turn, 2 * i + 2);
                        child.unpark(main, turn);
                    }
                });
                for (int i = 0; i < rounds; i++) {
                    user.store(turn, 2 * i + 1);
                    user.unpark(other, turn);
                    await(user, turn, 2 * i + 2);
                }
                assertEquals(0, user.await(other));
            });
        }
    }

    private static void await(User user, long turn, int value) {
        while (user.load(turn) != value) {
            user.park(turn);
        }
    }
}
