// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.kernel.QuirkChoice;
import kernel.lwp.revision.LwpQuirk;
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
        try (Stage stage = new Stage(situation, revision)) {
            stage.play(chapter, situation, revision);
        }
    }

    /** What is told to be a quirk is different without it. */
    @TestFactory
    Stream<DynamicNode> situationsWithoutTheirQuirk() {
        List<DynamicNode> tests = new ArrayList<>();
        for (Chapter chapter : Tables.read()) {
            for (Situation situation : chapter.situations()) {
                situation.quirks().forEach(quirk -> quirk.variants().stream().filter(situation.revisions()::contains)
                        .forEach(revision -> tests.add(DynamicTest.dynamicTest(
                                situation.title() + " (" + revision + " without " + quirk.id() + ")",
                                () -> differs(chapter, situation, revision, quirk)))));
            }
        }
        return tests.stream();
    }

    private static void differs(Chapter chapter, Situation situation, String revision, LwpQuirk quirk) {
        KernelConfig config = TestKernel.config(revision).withQuirk(new QuirkChoice(quirk.name(), false));
        try (Stage stage = new Stage(situation, revision, config)) {
            assertThrows(AssertionError.class, () -> stage.play(chapter, situation, revision));
        }
    }
}
