// SPDX-License-Identifier: BSD-2-Clause
package machine.core.engine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Why and where a run stopped.
 *
 * @param reason why
 * @param nowNanos virtual time at the safe point it stopped at
 * @param events events logged since the engine was made
 * @param message what halted or broke the kernel, otherwise the empty string
 */
@ProviderType
public record RunOutcome(Reason reason, long nowNanos, long events, String message) {

    /** Why a run stopped. */
    public enum Reason {
        /** The time or event limit was reached. */
        LIMIT,
        /** No CPU is busy and no foreground timer is armed: nothing can happen by itself. */
        QUIESCENT,
        /** The kernel was halted and waits for what the message names. */
        HALTED,
        /** The condition of the limit holds. */
        CONDITION,
        /** Somebody asked for a pause. */
        PAUSED,
        /** A rule was broken; this kernel never runs again. */
        PANICKED
    }
}
