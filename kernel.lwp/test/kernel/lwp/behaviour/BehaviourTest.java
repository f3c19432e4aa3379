// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every situation of the tables, in every revision that it concerns. */
class BehaviourTest {
    @TestFactory
    Stream<DynamicNode> situations() {
        return Tables.read().stream().map(BehaviourTest::chapter);
    }

    private static DynamicNode chapter(Chapter chapter) {
        List<DynamicNode> tests = new ArrayList<>();
        for (Situation situation : chapter.situations()) {
            for (String revision : situation.revisions()) {
                tests.add(DynamicTest.dynamicTest(situation.title() + " (" + revision + ")",
                        () -> play(chapter, situation, revision)));
            }
        }
        return DynamicContainer.dynamicContainer(chapter.title(), tests);
    }

    private static void play(Chapter chapter, Situation situation, String revision) {
        int column = situation.revisions().indexOf(revision);
        try (Stage stage = new Stage(revision, situation.cpus(), situation.uid())) {
            for (Step step : situation.steps()) {
                String where = chapter.file() + ":" + step.line() + " under " + revision + ": " + step.what();
                String expected = step.expectedOf(column);
                if (Step.SKIP.equals(expected)) {
                    continue;
                }
                String actual;
                try {
                    actual = stage.perform(step.what());
                } catch (IllegalArgumentException e) {
                    throw new AssertionError(where, e);
                }
                assertEquals(expected == null ? "0" : stage.resolve(expected), actual, where);
            }
        }
    }
}
