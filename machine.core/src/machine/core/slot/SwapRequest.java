// SPDX-License-Identifier: BSD-2-Clause
package machine.core.slot;

/**
 * One slot to change.
 *
 * @param slot name of the slot
 * @param variant name of the variant to put in, or null to leave the slot vacant
 */
public record SwapRequest(String slot, String variant) {
}
