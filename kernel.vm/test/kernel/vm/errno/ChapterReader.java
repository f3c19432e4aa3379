// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file of chapters.
 *
 * <pre>
 * == munmap                                                  a chapter
 * text Removes mappings.
 * usual addr=A len=P                                         arguments with which it succeeds
 * error EINVAL(hole) {seed fixed}: not all is mapped :: addr=HOLE :: len=5P
 *                                                            in the order of the tests; each :: is a way to make it
 * both EINVAL(hole) EPERM :: addr=HOLE as=user               two faults at once, where their ways contradict
 * never EINVAL(hole) ENODEV: a reason                        two faults that cannot meet
 * unreachable ENOMEM: a reason
 * row one byte :: addr=A+1 len=1 = ok | ok | EINVAL          a call, and what comes of it in each profile
 * </pre>
 */
final class ChapterReader {
    private static final Pattern PROFILES = Pattern.compile(" \\{([^{}]+)}$");

    private final Path file;
    private final List<Chapter> chapters = new ArrayList<>();

    private ChapterReader(Path file) {
        this.file = file;
    }

    static List<Chapter> read(Path file) {
        ChapterReader reader = new ChapterReader(file);
        int line = 0;
        try {
            for (String text : Files.readAllLines(file)) {
                line++;
                reader.take(text.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + ":" + line + ": " + e.getMessage(), e);
        }
        return reader.chapters;
    }

    private void take(String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        String[] halves = text.split(" ", 2);
        switch (halves[0]) {
            case "==" -> chapters.add(new Chapter(halves[1], file.getFileName().toString()));
            case "text" -> current().text().add(halves[1]);
            case "usual" -> current().usual().add(Settings.read(halves[1]));
            case "error" -> current().faults().add(fault(halves[1]));
            case "both" -> current().pairings().add(both(halves[1]));
            case "never" -> never(halves[1]);
            case "unreachable" -> current().unreachable().add(halves[1]);
            case "row" -> current().rows().add(row(halves[1]));
            default -> throw new IllegalArgumentException("a line cannot start with " + halves[0]);
        }
    }

    private static Fault fault(String text) {
        List<String> parts = parts(text);
        String[] halves = parts.getFirst().split(": ", 2);
        return new Fault(label(halves[0]), profiles(halves[0]), halves[1],
                parts.stream().skip(1).map(Settings::read).toList());
    }

    private static Pairing both(String text) {
        List<String> parts = parts(text);
        String[] labels = label(parts.getFirst()).split(" ");
        return new Pairing(labels[0], labels[1], profiles(parts.getFirst()), Settings.read(parts.get(1)), null);
    }

    /** The first label with each of the others. */
    private void never(String text) {
        String[] halves = text.split(": ", 2);
        String[] labels = label(halves[0]).split(" ");
        for (int i = 1; i < labels.length; i++) {
            current().pairings().add(new Pairing(labels[0], labels[i], profiles(halves[0]), null, halves[1]));
        }
    }

    private static Row row(String text) {
        int equals = text.lastIndexOf(" = ");
        List<String> parts = parts(text.substring(0, equals));
        List<String> expected = List.of(text.substring(equals + " = ".length()).strip().split(" +\\| +"));
        if (expected.size() != 1 && expected.size() != Tables.PROFILES.size()) {
            throw new IllegalArgumentException(expected.size() + " results for " + Tables.PROFILES);
        }
        return new Row(parts.getFirst(), Settings.read(parts.size() > 1 ? parts.get(1) : ""), expected);
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(" ::( |$)")).map(String::strip).toList();
    }

    private static String label(String text) {
        return PROFILES.matcher(text).replaceFirst("");
    }

    private static List<String> profiles(String text) {
        Matcher m = PROFILES.matcher(text);
        return m.find() ? List.of(m.group(1).split(" ")) : Tables.PROFILES;
    }

    private Chapter current() {
        return chapters.getLast();
    }
}
