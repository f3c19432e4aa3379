// SPDX-License-Identifier: BSD-2-Clause
package userland.core.process;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kernel.lwp.proc.Lwp;
import kernel.lwp.signal.Signal;
import machine.core.engine.Engine;
import machine.core.engine.KernelPanic;
import machine.core.slot.GuestFault;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Overdue;

/**
 * What becomes of a process whose code throws or does not come back: it dies, and the kernel goes on.
 *
 * <p>The program is wrong, not the kernel. One that throws ends as if it had called abort(); one that the host watchdog had
 * to interrupt, because it ran without any virtual time passing, is killed.
 */
final class ProgramFault {
    private static final int SHOWN_FRAMES = 5;

    private ProgramFault() {
    }

    /**
     * Prints what happened, lists it among the evictions and ends the process; does not return.
     *
     * @throws KernelPanic if the kernel was in the middle of something when it happened
     */
    static void end(Lwp lwp, Throwable failure, Consumer<String> output) {
        Engine engine = lwp.proc().processes().engine();
        String who = "program " + lwp.proc().name() + ", LWP " + lwp.label() + ",";
        EvictionReport report = GuestFault.report(engine, "program", lwp.proc().name(), who, failure);
        List<StackTraceElement> frames = Stream.of(failure.getStackTrace())
                .filter(frame -> !frame.getClassName().equals(Overdue.class.getName())).toList();
        if (failure instanceof StackOverflowError && !frames.isEmpty() && inKernel(frames.getFirst())) {
            throw new KernelPanic(report.message() + ", and the kernel was in the middle of a call", failure);
        }
        boolean overdue = report.kind() == EvictionReport.Kind.OVERDUE;
        output.accept(report.message() + (overdue ? " and was killed" : ""));
        frames.stream().limit(SHOWN_FRAMES).forEach(frame -> output.accept("  at " + frame));
        lwp.proc().processes().signals().die(lwp, overdue ? Signal.SIGKILL : Signal.SIGABRT);
    }

    private static boolean inKernel(StackTraceElement top) {
        return top.getClassName().startsWith("kernel.") || top.getClassName().startsWith("machine.");
    }
}
