// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a swap went.
 *
 * @param changes one per requested slot, in order; empty if refused
 * @param atNanos virtual time of the swap
 * @param virtualPauseNanos how long the machine stood still, in virtual time
 * @param phases the phases it went through, in order
 * @param outcome {@code committed}, or {@code refused: } and the reason
 */
@ProviderType
public record SwapReport(List<SlotChange> changes, long atNanos, long virtualPauseNanos,
        List<Phase> phases, String outcome) {

    /** The outcome of a swap that took place. */
    public static final String COMMITTED = "committed";

    /**
     * One phase.
     *
     * @param name prepare, quiesce, export, import, commit, release or rollback
     * @param hostNanos how long it took on the host
     */
    public record Phase(String name, long hostNanos) {
    }

    /** Whether the new variants are in. */
    public boolean committed() {
        return COMMITTED.equals(outcome);
    }
}
