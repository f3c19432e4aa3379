// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

/** The timers of one engine: armed ones in order, and how many of them keep the kernel from quiescence. */
final class Timers {

    private final long seed;
    private final TimerHeap heap = new TimerHeap();
    private long armings;
    private int foreground;

    Timers(long seed) {
        this.seed = seed;
    }

    /** Deadline of the first timer, or {@code Long.MAX_VALUE}. */
    long firstDeadlineNanos() {
        return heap.firstDeadlineNanos();
    }

    /** Whether a timer is armed that is not mere housekeeping. */
    boolean anyForeground() {
        return foreground > 0;
    }

    /** Arms a timer that is not armed. */
    void arm(Timer timer, Cpu cpu, long atNanos) {
        timer.cpu = cpu;
        timer.deadlineNanos = Math.max(atNanos, 0);
        timer.sequence = ++armings;
        timer.tie = (int) RandomStreams.mix(seed ^ timer.deadlineNanos, timer.sequence);
        timer.foreground = !timer.background();
        if (timer.foreground) {
            foreground++;
        }
        heap.add(timer);
    }

    /** Makes the first timer pending on its CPU. */
    Timer makeFirstPending() {
        Timer timer = heap.removeFirst();
        forget(timer);
        timer.cpu.pending.add(timer);
        return timer;
    }

    /** Disarms a timer, wherever it waits; says whether it did. */
    boolean disarm(Timer timer) {
        if (timer.position >= 0) {
            heap.remove(timer);
            forget(timer);
            return true;
        }
        if (timer.position == Timer.PENDING) {
            timer.cpu.pending.remove(timer);
            return true;
        }
        return false;
    }

    private void forget(Timer timer) {
        if (timer.foreground) {
            foreground--;
        }
    }
}
