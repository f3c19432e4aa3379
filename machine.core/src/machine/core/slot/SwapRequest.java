// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One slot to change.
 *
 * @param slot name of the slot
 * @param variant name of the variant to put in, or null to leave the slot vacant
 */
@ProviderType
public record SwapRequest(String slot, String variant) {
}
