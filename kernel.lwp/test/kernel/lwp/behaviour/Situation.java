// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.Arrays;
import java.util.List;
import kernel.lwp.revision.LwpQuirk;

/**
 * A situation in which LWPs make system calls, and what comes of it in each revision.
 *
 * @param title what it is about, in words
 * @param tags what it is an example of: an error ({@code ESRCH}), an order ({@code EFAULT over ESRCH}), a difference
 *     ({@code differs: park queue}) or a quirk ({@code quirk L5})
 * @param revisions where it can happen
 * @param cpus how many CPUs it needs
 * @param uid who runs the process
 * @param steps in order
 * @param line where it starts in its file
 */
record Situation(
        String title, List<String> tags, List<String> revisions, int cpus, int uid, List<Step> steps, int line) {
    private static final String QUIRK = "quirk ";

    /** The quirks that it shows. */
    List<LwpQuirk> quirks() {
        return Arrays.stream(LwpQuirk.values()).filter(quirk -> tags.contains(QUIRK + quirk.id())).toList();
    }

    /** Whether a tag names a quirk that exists. */
    static boolean namesQuirk(String tag) {
        return Arrays.stream(LwpQuirk.values()).anyMatch(quirk -> tag.equals(QUIRK + quirk.id()));
    }

    boolean tagged(String tag, String revision) {
        return tags.contains(tag) && revisions.contains(revision);
    }
}
