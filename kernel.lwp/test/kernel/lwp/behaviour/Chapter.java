// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;

/**
 * What one file says about one call, or about one subject that concerns several.
 *
 * @param title the name of the call, or the subject
 * @param revisions which revisions have it
 * @param text paragraphs
 * @param failures its errors, in the order in which they are tested for
 * @param exclusives pairs of labels that cannot both be the case, each as {@code A B}
 * @param situations what follows from it
 * @param file the file it is from
 */
record Chapter(String title, List<String> revisions, List<String> text, List<Failure> failures,
        List<String> exclusives, List<Situation> situations, String file) {
    boolean isCall() {
        return title.startsWith("_");
    }
}
