// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A number by which a scheduler can be tuned while it runs, as {@code kern.sched.*} of sysctl.
 *
 * @param name without {@code kern.sched.}; the whole name if it is not of scheduling
 * @param value what it is now
 * @param least least value that can be set
 * @param most largest value that can be set; for a number that only tells something both are the value
 * @param description what it is, with its unit
 */
@ProviderType
public record Tunable(String name, int value, int least, int most, String description) {
    /** A number that cannot be set. */
    public static Tunable fixed(String name, int value, String description) {
        return new Tunable(name, value, value, value, description);
    }

    /** True when it only tells something. */
    public boolean fixed() {
        return least == most;
    }
}
