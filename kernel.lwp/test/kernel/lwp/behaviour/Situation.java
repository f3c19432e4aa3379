// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;

/**
 * A situation in which LWPs make system calls, and what comes of it in each revision.
 *
 * @param title what it is about, in words
 * @param tags what it is an example of: an error ({@code ESRCH}), an order ({@code EFAULT over ESRCH}) or a difference
 *     ({@code differs: park queue})
 * @param revisions where it can happen
 * @param cpus how many CPUs it needs
 * @param uid who runs the process
 * @param steps in order
 * @param line where it starts in its file
 */
record Situation(
        String title, List<String> tags, List<String> revisions, int cpus, int uid, List<Step> steps, int line) {
    boolean tagged(String tag, String revision) {
        return tags.contains(tag) && revisions.contains(revision);
    }
}
