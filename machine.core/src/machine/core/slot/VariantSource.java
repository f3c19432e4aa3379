// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Where variants come from: the service registry, or a fixed list in plain tests. */
@ProviderType
public interface VariantSource {

    /** Names of the slots that have variants here, sorted. */
    List<String> slots();

    /** The variants of one slot, sorted by name; empty if there are none. */
    List<VariantInfo> variants(String slot);

    /**
     * Makes a new instance, owned by the caller until it releases the handle.
     *
     * @return the handle, or null if there is no such variant
     */
    VariantHandle acquire(String slot, String variant);
}
