// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.List;
import machine.core.engine.Engine;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Overdue;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What code of a bundle that fills no slot did wrong: a program, a system call, a listener.
 *
 * <p>Whoever calls such code catches {@code RuntimeException | LinkageError | AssertionError | StackOverflowError |
 * Overdue}, calls {@link #report} on the engine thread, and ends what the code was doing. Code that loops or blocks is
 * interrupted by the host watchdog when the kernel makes no step.
 */
@ProviderType
public final class GuestFault {
    private GuestFault() {
    }

    /**
     * Lists the fault among the evictions of the kernel and ends the interruption of the thread.
     *
     * @param kind what it is, in the place of a slot: {@code program}, {@code syscall}, {@code listener}
     * @param name of the one that failed
     * @param who the beginning of the message, for example {@code system call lwpcount of LWP 1.1}
     * @return what is listed; its message is one sentence
     */
    public static EvictionReport report(Engine engine, String kind, String name, String who, Throwable failure) {
        // A library may make an exception of its own of the interruption.
        boolean overdue = engine.watch().recoverFromStall() || failure instanceof Overdue;
        String message = who + (overdue ? " " + Overdue.FAULT
                : " threw " + failure.getClass().getName() + ": " + message(failure));
        return FaultRecord.add(engine, kind, overdue ? EvictionReport.Kind.OVERDUE : EvictionReport.Kind.THROW, name, null,
                message, List.of(), failure);
    }

    /** The text of an exception is code of the bundle, too. */
    private static String message(Throwable failure) {
        try {
            return failure.getMessage();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | Overdue worse) {
            return "and its message threw " + worse.getClass().getName();
        }
    }
}
