// SPDX-License-Identifier: BSD-2-Clause
package machine.core.watchdog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A thread of the host, outside all kernels, that interrupts callbacks of variants which do not come back.
 *
 * <p>It counts how often it finds a kernel in the same callback instead of reading a clock: while the whole process is
 * stopped, nobody is late. Any number of kernels can share one.
 */
@ProviderType
public final class HostWatchdog implements AutoCloseable {
    /** Host time a callback may take unless something else is configured. */
    public static final long PATIENCE_MILLIS = 5_000;

    private static final int LOOKS = 10;
    /** A callback that still runs after so many looks in which it was interrupted cannot be stopped. */
    private static final int HOPELESS = 3 * LOOKS;
    private static final System.Logger LOG = System.getLogger(HostWatchdog.class.getName());

    private final List<Suspect> suspects = new CopyOnWriteArrayList<>();
    private final long lookMillis;
    private final Thread thread;
    private volatile boolean closed;

    /** Starts to watch; {@code patienceMillis} is how long a callback may take. */
    public HostWatchdog(long patienceMillis) {
        if (patienceMillis < LOOKS) {
            throw new IllegalArgumentException("the watchdog cannot be as short as " + patienceMillis
                    + " ms; give at least " + LOOKS);
        }
        lookMillis = patienceMillis / LOOKS;
        thread = Thread.ofPlatform().name("kernel watchdog").daemon().start(this::loop);
    }

    private HostWatchdog() {
        lookMillis = 0;
        thread = null;
    }

    /** A watchdog without a clock, for tests: it looks when it is told to. */
    public static HostWatchdog driven() {
        return new HostWatchdog();
    }

    /** Looks once at every kernel; {@value #LOOKS} looks after the first that finds a callback, it is interrupted. */
    public void look() {
        suspects.forEach(Suspect::look);
    }

    /** Watches the callbacks of a kernel from now on. */
    public void add(CallbackWatch watch) {
        suspects.add(new Suspect(watch));
    }

    /** Stops watching a kernel. */
    public void remove(CallbackWatch watch) {
        suspects.removeIf(suspect -> suspect.watch == watch);
    }

    private void loop() {
        while (!closed) {
            try {
                Thread.sleep(lookMillis);
            } catch (InterruptedException end) {
                continue;
            }
            look();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** One kernel, and how long it has been in the same callback. */
    private static final class Suspect {
        private final CallbackWatch watch;
        private long call = -1;
        private int seen;

        Suspect(CallbackWatch watch) {
            this.watch = watch;
        }

        void look() {
            long now = watch.current();
            seen = now >= 0 && now == call ? seen + 1 : 0;
            call = now;
            if (seen >= LOOKS) {
                watch.interrupt(call);
            }
            watch.hopeless(seen >= HOPELESS);
            if (seen == HOPELESS) {
                LOG.log(System.Logger.Level.ERROR, "a kernel hangs and cannot be interrupted: {0}", watch.text());
            }
        }
    }
}
