// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.Arrays;
import java.util.List;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.watchdog.EvictionReport;

/** Writes down who failed, with where the kernel is at that moment, among its evictions. */
final class FaultRecord {
    private static final int FRAMES = 64;

    private FaultRecord() {
    }

    /**
     * Adds a report; on the engine thread.
     *
     * @param successor who takes over, or null
     * @param cause what was thrown, or null
     */
    static EvictionReport add(Engine engine, String slot, EvictionReport.Kind kind, String variant, String successor,
            String message, List<String> decisions, Throwable cause) {
        Cpu cpu = engine.current();
        List<String> stack = cause == null ? List.of()
                : Arrays.stream(cause.getStackTrace()).limit(FRAMES).map(StackTraceElement::toString).toList();
        EvictionReport report = new EvictionReport(slot, kind, variant, successor, message, cpu == null ? -1 : cpu.id(),
                engine.evictions().holder(), engine.nowNanos(), engine.events().count(), engine.seed(), decisions, stack);
        engine.evictions().add(report);
        return report;
    }
}
