// SPDX-License-Identifier: BSD-2-Clause
package shell.command.sched;

import java.util.Locale;
import machine.core.watchdog.EvictionReport;

/** An eviction, as {@code evictions} lists it; the oldest is 1. */
record EvictionRow(int number, String slot, String kind, String evicted, String successor, long atNanos, long event,
        String message) {
    static EvictionRow of(int number, EvictionReport report) {
        return new EvictionRow(number, report.slot(), report.kind().name().toLowerCase(Locale.ROOT), report.variant(),
                report.successor(), report.atNanos(), report.event(), report.message());
    }
}
