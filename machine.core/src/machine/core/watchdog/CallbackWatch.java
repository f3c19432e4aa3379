// SPDX-License-Identifier: BSD-2-Clause
package machine.core.watchdog;

import java.util.TreeSet;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which callback of a variant one engine is in, and whether it gets on outside of them, for the host watchdog to look at.
 *
 * <p>A guard calls {@link #enter} before each callback, {@link #exit} after it, and {@link #recover} instead when it threw.
 * All on the thread that runs the kernel; {@link HostWatchdog} only reads, but for its verdict.
 *
 * <p>Outside of callbacks code of programs, system calls and commands runs. A kernel that is at work there and makes no
 * step is stuck; its thread is interrupted, and whoever runs that code calls {@link #recoverFromStall}.
 *
 * <p>Callbacks are counted. The count is the same in every run, so that an interruption, which depends on the host, can be
 * recorded and happen again in a replay: in the same callback, after the same number of callbacks inside of it.
 */
@ProviderType
public final class CallbackWatch {
    private static final long NOBODY = -1;

    /** A place in the history of a kernel: so many callbacks were entered, and so many are under way. */
    private record Place(long entered, int depth) implements Comparable<Place> {
        static Place parse(String text) {
            String[] words = text.split(" ");
            return new Place(Long.parseLong(words[0]), Integer.parseInt(words[1]));
        }

        @Override
        public int compareTo(Place other) {
            int order = Long.compare(entered, other.entered);
            return order != 0 ? order : Integer.compare(other.depth, depth);
        }

        @Override
        public String toString() {
            return entered + " " + depth;
        }
    }

    private final TreeSet<Place> expected = new TreeSet<>();
    private Consumer<String> whenOverdue = place -> {
    };
    private long nextExpected = Long.MAX_VALUE;
    private long entered;
    /** The outermost ones. Read by the watchdog without any order: it looks again and again. */
    private long calls;
    /** How many callbacks are under way, one inside of the other. A number, because a reference would cost a barrier of the collector. */
    private int depth;
    private Thread thread;
    private volatile long overdue = NOBODY;
    private Progress progress = Progress.NONE;
    private volatile boolean stalled;
    private volatile boolean hopeless;

    /** Makes a watch that is in no callback. */
    public CallbackWatch() {
    }

    /** Says who is told the place of a callback that was interrupted; on the thread of the kernel. */
    public void whenOverdue(Consumer<String> listener) {
        whenOverdue = listener;
    }

    /** Interrupts that callback at once when it is there again: a replay knows that the watchdog did. */
    public void expect(String place) {
        expected.add(Place.parse(place));
        nextExpected = expected.first().entered;
    }

    /**
     * A callback begins.
     *
     * @return what to give to {@link #exit} or {@link #recover}
     */
    public int enter() {
        int outer = depth;
        if (outer == 0) {
            calls++;
            if (thread != Thread.currentThread()) {
                thread = Thread.currentThread();
            }
        }
        depth = outer + 1;
        if (++entered >= nextExpected) {
            expectedNow();
        }
        return outer;
    }

    private void expectedNow() {
        Place place = expected.first();
        if (place.entered == entered && place.depth == depth) {
            expected.removeFirst();
            nextExpected = expected.isEmpty() ? Long.MAX_VALUE : expected.first().entered;
            overdue = calls;
            thread.interrupt();
        }
    }

    /**
     * The callback returned.
     *
     * @throws Overdue if the watchdog had given it up
     */
    public void exit(int outer) {
        if (overdue != NOBODY && outer == 0) {
            throw new Overdue(null);
        }
        depth = outer;
        if (entered >= nextExpected) {
            expectedNow();
        }
    }

    /** The callback threw; says whether that was because the watchdog interrupted it. */
    public boolean recover(int outer) {
        depth = outer;
        if (overdue == NOBODY) {
            return false;
        }
        synchronized (this) {
            overdue = NOBODY;
            Thread.interrupted();
        }
        whenOverdue.accept(new Place(entered, outer + 1).toString());
        if (outer != 0) {
            // The callback around this one has all its time again.
            calls++;
        }
        if (entered >= nextExpected) {
            expectedNow();
        }
        return true;
    }

    // ---- outside of callbacks

    /** Says how it shows that the kernel gets on. */
    public void progress(Progress source) {
        progress = source;
    }

    /**
     * Ends the interruption of the calling thread, which came too late or was caught.
     *
     * @return whether there was one
     */
    public boolean recoverFromStall() {
        if (!stalled) {
            return false;
        }
        synchronized (this) {
            stalled = false;
            Thread.interrupted();
        }
        return true;
    }

    /** Whether the kernel hangs in code that could not be interrupted; any thread may ask. */
    public boolean hopeless() {
        return hopeless;
    }

    // ---- for the watchdog

    void hopeless(boolean found) {
        if (hopeless != found) {
            hopeless = found;
        }
    }

    /** A number that stays as long as the kernel does not get on; negative while it has nothing to do. */
    long current() {
        long steps = progress.steps();
        return depth == 0 && steps < 0 ? NOBODY : calls + Math.max(0, steps);
    }

    /** Interrupts what the kernel does if it is still at that number. */
    synchronized void interrupt(long number) {
        if (current() != number) {
            return;
        }
        boolean callback = depth > 0;
        Thread late = callback ? thread : progress.thread();
        if (late != null) {
            if (callback) {
                overdue = number;
            } else {
                stalled = true;
            }
            late.interrupt();
        }
    }

    /** What the kernel is doing, for people. */
    String text() {
        Thread busy = depth == 0 ? progress.thread() : thread;
        StringBuilder text = new StringBuilder(depth == 0 ? "step " + progress.steps() : "callback " + calls);
        if (busy != null) {
            for (StackTraceElement frame : busy.getStackTrace()) {
                text.append("\n\tat ").append(frame);
            }
        }
        return text.toString();
    }
}
