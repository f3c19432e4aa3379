// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.List;

/**
 * One subject in which the revisions differ, a line of {@code differences.txt}.
 *
 * @param topic what it is called in the tags of situations
 * @param columns what each revision does, oldest first
 * @param scenario the name of the script that shows it, {@code table} if only the tables do, or {@code inside} if no
 *     program can see it
 */
record Difference(String topic, List<String> columns, String scenario) {
    /** What the tag of a situation that shows a difference starts with. */
    static final String TAG = "differs: ";

    boolean visible() {
        return !scenario.equals("inside");
    }

    boolean scripted() {
        return visible() && !scenario.equals("table");
    }

    static List<Difference> all() {
        return Tables.lines("differences.txt").stream().filter(l -> !l.isBlank() && !l.startsWith("#"))
                .map(Difference::of).toList();
    }

    private static Difference of(String line) {
        List<String> words = List.of(line.split(" *\\| *"));
        if (words.size() != 2 + Tables.REVISIONS.size()) {
            throw new IllegalArgumentException("differences.txt: " + words.size() + " columns: " + line);
        }
        return new Difference(words.get(0), words.subList(1, words.size() - 1), words.getLast());
    }
}
