// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One variant that could fill a slot.
 *
 * @param slot name of the slot
 * @param variant name of the variant
 * @param bundle who supplies it: symbolic name and version, or {@code built-in}
 * @param description one line
 */
@ProviderType
public record VariantInfo(String slot, String variant, String bundle, String description) {
}
