// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.List;

/**
 * One more call and what comes of it.
 *
 * @param title what is special about it
 * @param settings its arguments where they differ from the usual ones
 * @param expected one result for all profiles, or one for each; {@code ok}, an errno, the
 *     value of the call, or {@link #NONE}
 */
record Row(String title, Settings settings, List<String> expected) {
    /** Stands where a profile does not have what the call is about. */
    static final String NONE = "-";

    String expectedOf(int profile) {
        return expected.size() == 1 ? expected.getFirst() : expected.get(profile);
    }
}
