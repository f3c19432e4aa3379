// SPDX-License-Identifier: BSD-2-Clause
package itest.support;

import machine.core.watchdog.CallbackWatch;
import machine.core.watchdog.HostWatchdog;

/**
 * A host watchdog that begins to look when the code of a plug-in says that it misbehaves from now on.
 *
 * <p>So it needs no patience, and a test is not mistaken about code that is merely slow on a busy host.
 */
public final class AlertWatchdog implements AutoCloseable {
    private static final int LOOKS = 12;
    private static final long BETWEEN_MILLIS = 2;

    private final HostWatchdog watchdog = HostWatchdog.driven();
    private final String property;
    private final Thread thread;
    private volatile boolean closed;

    /** @param property of the system, set by the one who misbehaves */
    public AlertWatchdog(String property) {
        this.property = property;
        System.clearProperty(property);
        thread = Thread.ofPlatform().daemon().name("alert watchdog").start(this::loop);
    }

    public void add(CallbackWatch watch) {
        watchdog.add(watch);
    }

    private void loop() {
        try {
            while (!closed) {
                if (System.clearProperty(property) != null) {
                    for (int i = 0; i < LOOKS; i++) {
                        watchdog.look();
                        Thread.sleep(BETWEEN_MILLIS);
                    }
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        System.clearProperty(property);
    }
}
