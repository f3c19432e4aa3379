// SPDX-License-Identifier: BSD-2-Clause
package itest.workload;

import userland.program.Program;
import userland.program.User;
import userland.program.UserFunction;

/**
 * Very many LWPs that park, and a first one that wakes them all at a given time.
 *
 * <p>They are bare: no thread library, one stack address for all, since simulated code keeps nothing there. Exit
 * status: 0, or the number of the check that failed.
 */
public final class Crowd implements Program {
    /** When the first LWP opens the gate, on the monotonic clock. */
    public static final long OPEN_NANOS = 20_000_000_000L;
    private static final int AT_ONCE = 1024;
    private static final int STACK_BYTES = 64 << 10;

    private final int count;

    public Crowd(int count) {
        this.count = count;
    }

    @Override
    public String name() {
        return "itest-crowd";
    }

    @Override
    public String description() {
        return "parks very many LWPs and wakes them twenty seconds later";
    }

    @Override
    public int main(User user, String[] args) {
        long gate = user.allocate(16);
        long awake = gate + 8;
        long lids = user.allocate(4L * count);
        int error = create(user, gate, awake, lids);
        if (error != 0) {
            return error;
        }
        user.sleepUntil(OPEN_NANOS);
        user.store32(gate, 1);
        for (int i = 0; i < count; i += AT_ONCE) {
            user.lwpUnparkAll(lids + 4L * i, Math.min(AT_ONCE, count - i), gate);
        }
        for (int i = 0; i < count; i++) {
            if (user.lwpWait(user.load32(lids + 4L * i), 0) != 0) {
                return 3;
            }
        }
        return user.load32(awake) == count ? 0 : 4;
    }

    private int create(User user, long gate, long awake, long lids) {
        UserFunction parker = (own, argument) -> {
            while (own.load32(gate) == 0) {
                own.park(User.FOREVER, gate);
            }
            own.fetchAdd32(awake, 1);
        };
        long stack = user.allocate(STACK_BYTES);
        long context = user.allocate(user.contextBytes());
        if (stack == 0 || context == 0) {
            return 1;
        }
        user.makeContext(context, parker, 0, stack, STACK_BYTES);
        for (int i = 0; i < count; i++) {
            if (user.lwpCreate(context, 0, lids + 4L * i) != 0) {
                return 2;
            }
        }
        return 0;
    }
}
