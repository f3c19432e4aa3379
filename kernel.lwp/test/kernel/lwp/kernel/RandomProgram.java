// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import kernel.lwp.fixture.User;
import kernel.sched.errno.Errno;

/**
 * A program of LWPs that hand tokens around with park and unpark, in an order drawn from a seed.
 *
 * <p>Each worker owns a mailbox word. Whoever gives it a token unparks it; it parks until it has one. A lost
 * wake-up leaves a worker parked for ever, so the program does not end.
 */
final class RandomProgram {
    private static final int WORKERS = 6;
    private static final int TOKENS = 25;
    private static final long MS = 1_000_000L;

    private final Random random;
    private final boolean old;
    private final int[] lids = new int[WORKERS];
    private final int[] zombies = new int[1 + (TOKENS - 1) / 8];
    private long mail;

    RandomProgram(Random random, String born) {
        this.random = random;
        this.old = born.equals("1.47");
    }

    void run(User user) {
        mail = user.map(4096);
        long[] seeds = random.longs(WORKERS + 1).toArray();
        for (int i = 0; i < WORKERS; i++) {
            int index = i;
            lids[i] = user.create(child -> work(child, index, new Random(seeds[index])));
        }
        Random mine = new Random(seeds[WORKERS]);
        int waiter = user.create(child -> assertEquals(0, child.await(lids[0])));
        int controller = user.create(child -> suspendNowAndThen(child, new Random(seeds[0])));
        for (int token = 0; token < TOKENS; token++) {
            for (int i = 0; i < WORKERS; i++) {
                give(user, mine.nextInt(3) == 0 ? i : (i * 5 + 1) % WORKERS, mine);
                pass(user, mine);
            }
            if (token % 8 == 0) {
                zombies[token / 8] = user.create(child -> { });
                user.createDetached(child -> { });
            }
        }
        assertEquals(0, user.await(controller));
        for (int i = 0; i < WORKERS; i++) {
            add(user, i, 1000);
            user.unpark(lids[i], hint(i));
            assertEquals(0, user.await(i == 0 ? waiter : lids[i]));
        }
        for (int zombie : zombies) {
            assertEquals(0, user.await(zombie));
        }
    }

    /** Suspends workers for a while, one after the other. */
    private void suspendNowAndThen(User user, Random mine) {
        for (int i = 0; i < 2 * WORKERS; i++) {
            int target = lids[mine.nextInt(WORKERS)];
            assertEquals(0, user.call("_lwp_suspend", target));
            pass(user, mine);
            user.sleep(mine.nextInt(3) * MS);
            assertEquals(0, user.call("_lwp_continue", target));
            pass(user, mine);
        }
    }

    private void give(User user, int worker, Random mine) {
        add(user, worker, 1);
        long hint = mine.nextBoolean() ? hint(worker) : mine.nextInt(1 << 20);
        assertEquals(0, user.unpark(lids[worker], hint));
    }

    private void add(User user, int worker, int amount) {
        long at = mail + 4L * worker;
        int seen;
        do {
            seen = user.load(at);
        } while (user.lwp().trap().cas32(user.lwp(), at, seen, seen + amount) != seen);
    }

    private void work(User user, int index, Random mine) {
        for (;;) {
            int tokens = user.lwp().trap().swap32(user.lwp(), mail + 4L * index, 0);
            if (tokens >= 1000) {
                return;
            }
            if (tokens > 0) {
                pass(user, mine);
                continue;
            }
            int error = park(user, index, mine.nextInt(4) == 0);
            assertTrue(error == 0 || error == Errno.EALREADY || error == Errno.ETIMEDOUT || error == Errno.EINTR,
                    () -> "park gave " + error);
        }
    }

    private int park(User user, int index, boolean timed) {
        if (old) {
            long now = user.lwp().proc().processes().clocks().nanos(0);
            return user.call("___lwp_park50", timed ? user.timespec(256, now + 30 * MS) : 0, 0, hint(index), 0);
        }
        long ts = timed ? user.timespec(256, 30 * MS) : 0;
        return user.call("___lwp_park60", 3, 0, ts, 0, hint(index), 0);
    }

    private static void pass(User user, Random mine) {
        switch (mine.nextInt(4)) {
            case 0 -> user.compute(mine.nextInt(2_000_000));
            case 1 -> user.call("sched_yield");
            case 2 -> user.call("_lwp_self");
            default -> user.compute(1000);
        }
    }

    private static long hint(int index) {
        return 0x40L * index;
    }
}
