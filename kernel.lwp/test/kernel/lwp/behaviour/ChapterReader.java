// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file of chapters.
 *
 * <pre>
 * == _lwp_unpark                                  a chapter; further words are the revisions that have it
 * text Wakes an LWP of the process.
 * error ESRCH: no LWP has that id                 in the order of the tests; {1.47} restricts it
 * exclusive EFAULT ESRCH                          these two cannot meet
 * -- [ESRCH] A situation {cpus 1} {1.84}          tags first, restrictions last
 * B _lwp_exit()                                   a step that prepares
 * A _lwp_unpark(B, 0) = ESRCH | 0 | ESRCH         a step with what must come out
 * </pre>
 */
final class ChapterReader {
    private static final Pattern TAG = Pattern.compile("^\\[([^]]+)] ");
    private static final Pattern RESTRICTION = Pattern.compile(" \\{([^{}]+)}$");
    private static final int CPUS = 8;

    private final Path file;
    private final List<Chapter> chapters = new ArrayList<>();
    private int line;

    private ChapterReader(Path file) {
        this.file = file;
    }

    static List<Chapter> read(Path file) {
        ChapterReader reader = new ChapterReader(file);
        try {
            for (String text : Files.readAllLines(file)) {
                reader.line++;
                reader.take(text.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader.chapters;
    }

    private void take(String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        if (text.startsWith("== ")) {
            chapters.add(chapter(text.substring("== ".length())));
        } else if (text.startsWith("-- ")) {
            current().situations().add(situation(text.substring("-- ".length())));
        } else if (text.startsWith("text ")) {
            current().text().add(text.substring("text ".length()));
        } else if (text.startsWith("error ")) {
            current().failures().add(failure(text.substring("error ".length())));
        } else if (text.startsWith("exclusive ")) {
            current().exclusives().add(text.substring("exclusive ".length()));
        } else {
            steps().add(step(text));
        }
    }

    private Chapter chapter(String text) {
        List<String> restrictions = new ArrayList<>();
        String title = withoutRestrictions(text, restrictions);
        return new Chapter(title, revisions(restrictions, Tables.REVISIONS), new ArrayList<>(), new ArrayList<>(),
                new ArrayList<>(), new ArrayList<>(), file.getFileName().toString());
    }

    private Failure failure(String text) {
        String[] halves = text.split(": ", 2);
        List<String> restrictions = new ArrayList<>();
        String label = withoutRestrictions(halves[0], restrictions);
        return new Failure(label, revisions(restrictions, current().revisions()), halves[1]);
    }

    private Situation situation(String text) {
        List<String> tags = new ArrayList<>();
        String rest = text;
        for (Matcher m = TAG.matcher(rest); m.find(); m = TAG.matcher(rest)) {
            tags.add(m.group(1));
            rest = rest.substring(m.end());
        }
        List<String> restrictions = new ArrayList<>();
        String title = withoutRestrictions(rest, restrictions);
        return new Situation(title, tags, revisions(restrictions, current().revisions()),
                number(restrictions, "cpus ", CPUS), number(restrictions, "uid ", 0), new ArrayList<>(), line);
    }

    private Step step(String text) {
        int equals = text.lastIndexOf(" = ");
        if (equals < 0) {
            return new Step(text, List.of(), line);
        }
        List<String> expected = List.of(text.substring(equals + " = ".length()).strip().split(" +\\| +"));
        Situation situation = current().situations().getLast();
        if (expected.size() != 1 && expected.size() != situation.revisions().size()) {
            throw new IllegalArgumentException(file + ":" + line + ": " + expected.size() + " values for "
                    + situation.revisions());
        }
        return new Step(text.substring(0, equals).strip(), expected, line);
    }

    private static String withoutRestrictions(String text, List<String> restrictions) {
        String rest = text;
        for (Matcher m = RESTRICTION.matcher(rest); m.find(); m = RESTRICTION.matcher(rest)) {
            restrictions.add(m.group(1));
            rest = rest.substring(0, m.start());
        }
        return rest;
    }

    private static List<String> revisions(List<String> restrictions, List<String> otherwise) {
        for (String restriction : restrictions) {
            List<String> words = List.of(restriction.split(" "));
            if (Tables.REVISIONS.containsAll(words)) {
                return words;
            }
        }
        return otherwise;
    }

    private static int number(List<String> restrictions, String word, int otherwise) {
        for (String restriction : restrictions) {
            if (restriction.startsWith(word)) {
                return Integer.parseInt(restriction.substring(word.length()));
            }
        }
        return otherwise;
    }

    private Chapter current() {
        return chapters.getLast();
    }

    private List<Step> steps() {
        return current().situations().getLast().steps();
    }
}
