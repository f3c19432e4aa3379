// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import kernel.sched.task.Task;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Load averages over one, five and fifteen minutes, scaled by 2048.
 *
 * <p>Updated every five seconds of virtual time, after uvm_meter.
 */
@ProviderType
public final class LoadAverage {
    /** The number that stands for a load of one. */
    public static final int SCALE = 2048;
    private static final long DECAY_1 = 1884;
    private static final long DECAY_5 = 2014;
    private static final long DECAY_15 = 2036;

    private int one;
    private int five;
    private int fifteen;

    /** Makes a load of zero. */
    public LoadAverage() {
    }

    /** Scaled average: 0 for one minute, 1 for five, 2 for fifteen. */
    public int scaled(int index) {
        return switch (index) {
            case 0 -> one;
            case 1 -> five;
            default -> fifteen;
        };
    }

    /** Takes five seconds with {@code runnable} tasks into account. */
    public void update(int runnable) {
        one = decay(one, runnable, DECAY_1);
        five = decay(five, runnable, DECAY_5);
        fifteen = decay(fifteen, runnable, DECAY_15);
    }

    private static int decay(int old, int runnable, long factor) {
        return (int) ((factor * old + (long) runnable * SCALE * (SCALE - factor)) >> 11);
    }

    /** True when the task counts as load: not a kernel thread, and running, runnable, new or in a short deep sleep. */
    static boolean counts(Task task) {
        if (task.system()) {
            return false;
        }
        return switch (task.state()) {
            case LSRUN, LSONPROC, LSIDL -> true;
            case LSSLEEP -> task.sleepSeconds() <= 1 && !task.interruptible();
            default -> false;
        };
    }
}
