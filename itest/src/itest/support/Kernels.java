// SPDX-License-Identifier: BSD-2-Clause
package itest.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Proc;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;

/** What tests ask of a kernel. */
public final class Kernels {
    private Kernels() {
    }

    /** The variant that fills a slot, or null. */
    public static String active(Kernel kernel, String slot) {
        return kernel.ask(engine -> kernel.slots().find(slot).active());
    }

    public static String haltReason(Kernel kernel) {
        return kernel.ask(engine -> engine.haltReason());
    }

    public static void assertSound(Kernel kernel) {
        assertEquals(List.of(), kernel.checkInvariants());
    }

    /** Swaps one slot, which has to succeed. */
    public static SwapReport use(Kernel kernel, String slot, String variant) {
        SwapReport report = kernel.swap(List.of(new SwapRequest(slot, variant)));
        assertEquals(SwapReport.COMMITTED, report.outcome());
        assertEquals(variant, active(kernel, slot));
        return report;
    }

    /** A process has ended by itself and found everything right. */
    public static void assertSucceeded(Kernel kernel, Proc process) {
        kernel.ask(engine -> {
            assertTrue(process.state().compareTo(Proc.State.DYING) > 0, process + " has not ended: " + process.state());
            assertEquals("exit 0, signal 0", "exit " + process.exitStatus() + ", signal " + process.exitSignal(),
                    process.toString());
            return null;
        });
    }
}
