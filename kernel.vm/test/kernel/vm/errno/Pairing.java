// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.List;

/**
 * What the table says about two faults at once.
 *
 * @param first one of the two labels
 * @param second the other one, or {@code *} for all others
 * @param profiles where it holds
 * @param settings how both happen at once, or null if they cannot
 * @param reason why they cannot, or null
 */
record Pairing(String first, String second, List<String> profiles, Settings settings, String reason) {
    boolean about(String one, String other, String profile) {
        return profiles.contains(profile)
                && (matches(first, one) && matches(second, other) || matches(first, other) && matches(second, one));
    }

    private static boolean matches(String pattern, String label) {
        return pattern.equals("*") || pattern.equals(label);
    }
}
