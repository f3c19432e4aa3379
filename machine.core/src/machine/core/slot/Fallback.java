// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.Set;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows who takes over from a variant that fails. */
@FunctionalInterface
@ConsumerType
public interface Fallback {

    /**
     * Finds a successor; may be called at any time on the engine thread.
     *
     * @param failed the names of those that failed in this kernel, none of which is taken
     * @param fits whether an instance can take over as things are; one that cannot is released
     * @return the handle, or null if there is nobody
     */
    VariantHandle successor(Set<String> failed, Predicate<VariantHandle> fits);
}
