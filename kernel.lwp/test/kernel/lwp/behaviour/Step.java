// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;

/**
 * One line of a situation: something is done or asked, and perhaps something must come out.
 *
 * @param what the line without what is expected
 * @param expected empty for a step that only prepares; else one value for all revisions of the situation, or one for
 *     each in their order. {@link #SKIP} leaves the step out under that revision
 * @param line where it is in its file
 */
record Step(String what, List<String> expected, int line) {
    /** Stands for a step that a revision does not take. */
    static final String SKIP = "-";

    /** What must come out under a revision, or null if nothing is expected. */
    String expectedOf(int revision) {
        if (expected.isEmpty()) {
            return null;
        }
        return expected.size() == 1 ? expected.get(0) : expected.get(revision);
    }
}
