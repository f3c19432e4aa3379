// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import org.osgi.annotation.versioning.ProviderType;

/** One instance of a variant, made for one kernel, and the duty to give it back. */
@ProviderType
public interface VariantHandle {

    /** Name of the slot. */
    String slot();

    /** Name of the variant. */
    String variant();

    /** The instance. Nobody keeps it after {@link #release()}. */
    Object instance();

    /** Gives the instance back to where it came from. Does nothing the second time. */
    void release();
}
