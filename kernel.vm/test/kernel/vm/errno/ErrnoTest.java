// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every error of the tables, which of every two is found first, and every further call, in each profile and word size. */
class ErrnoTest {
    private static final int PAGE = 4096;

    @TempDir
    static Path root;

    @TestFactory
    Stream<DynamicNode> calls() {
        return Tables.read().stream().map(ErrnoTest::chapter);
    }

    private static DynamicNode chapter(Chapter chapter) {
        List<DynamicNode> tests = new ArrayList<>();
        for (String profile : Tables.PROFILES) {
            if (!chapter.usual().isEmpty()) {
                tests.add(test(chapter, profile, "as usual", chapter.usual().getFirst(), "ok"));
            }
            for (Fault fault : chapter.faults(profile)) {
                for (Settings way : fault.ways()) {
                    tests.add(test(chapter, profile, fault.label(), way, fault.errno()));
                }
            }
            for (Chapter.Both both : chapter.pairs(profile)) {
                tests.add(test(chapter, profile, both.title(), both.settings(), both.first().errno()));
            }
            for (Row row : chapter.rows()) {
                String expected = row.expectedOf(Tables.PROFILES.indexOf(profile));
                if (!expected.equals(Row.NONE)) {
                    tests.add(test(chapter, profile, row.title(), row.settings(), expected));
                }
            }
        }
        return DynamicContainer.dynamicContainer(chapter.call(), tests);
    }

    private static DynamicTest test(
            Chapter chapter, String profile, String title, Settings settings, String expected) {
        return DynamicTest.dynamicTest(title + " (" + profile + ") " + settings,
                () -> play(chapter, profile, settings, expected));
    }

    private static void play(Chapter chapter, String profile, Settings settings, String expected) throws IOException {
        String only = settings.value("word");
        for (int bits : only != null ? new int[] {Integer.parseInt(only)} : new int[] {64, 32}) {
            files();
            try (Stage stage = new Stage(bits, root)) {
                assertEquals(expected, stage.play(profile, chapter, settings, expected),
                        () -> chapter.call() + " " + chapter.arguments(settings) + ", " + bits + " bits");
            }
        }
    }

    /** The files as they are before each call. */
    private static void files() throws IOException {
        Files.createDirectories(root.resolve("dir"));
        for (String name : List.of("file", "immutable", "append", "snapshot", "noexec")) {
            Path file = root.resolve(name);
            if (!Files.exists(file) || Files.size(file) != 4 * PAGE) {
                Files.write(file, new byte[4 * PAGE]);
            }
        }
        Files.deleteIfExists(root.resolve("new"));
    }
}
