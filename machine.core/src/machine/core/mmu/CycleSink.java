// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ProviderType;

/** Who pays for a table walk: the CPU the MMU belongs to. */
@ProviderType
@FunctionalInterface
public interface CycleSink {

    /** Advances the payer's clock by {@code nanos} virtual nanoseconds. */
    void charge(long nanos);
}
