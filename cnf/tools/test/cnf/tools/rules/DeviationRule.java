// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What differs on purpose from the original is written where it does, with the word {@code DEVIATION}, and listed in
 * {@code docs/deviations.md}: one line for each, with the class and the first sentence.
 */
final class DeviationRule {
    static final String LIST = "docs/deviations.md";

    private static final Pattern SOURCE = Pattern.compile("[^/]+/src/(.+)\\.java");
    private static final Pattern MARK = Pattern.compile("\\bDEVIATION\\b:?");
    private static final Pattern COMMENT_LINE = Pattern.compile("\\s*(?:\\*(?!/)|//|/\\*\\*)\\s?(.*)");
    private static final Pattern SENTENCE_END = Pattern.compile("\\.(?:\\s|$)|\\s*\\*/|<p>");
    private static final Pattern TAG = Pattern.compile("\\{@\\w+ #?([^}]*)}");

    private final Path root;

    DeviationRule(Path root) {
        this.root = root;
    }

    List<String> check(List<Path> files) throws IOException {
        Set<String> wanted = new TreeSet<>();
        for (Path file : files) {
            wanted.addAll(deviations(file));
        }
        Set<String> listed = listed();
        List<String> violations = new ArrayList<>();
        for (String line : wanted) {
            if (!listed.contains(line)) {
                violations.add(LIST + " lacks the line: " + line);
            }
        }
        for (String line : listed) {
            if (!wanted.contains(line)) {
                violations.add(LIST + " has a line for what no source says: " + line);
            }
        }
        return violations;
    }

    private Set<String> listed() throws IOException {
        Set<String> lines = new TreeSet<>();
        for (String line : Files.readAllLines(root.resolve(LIST))) {
            if (line.startsWith("- `")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private List<String> deviations(Path file) throws IOException {
        Matcher source = SOURCE.matcher(root.relativize(file).toString().replace('\\', '/'));
        List<String> lines = new ArrayList<>();
        if (source.matches()) {
            String text = Files.readString(file);
            Matcher mark = MARK.matcher(text);
            while (mark.find()) {
                lines.add("- `" + source.group(1).replace('/', '.') + "`: " + sentence(text.substring(mark.end())));
            }
        }
        return lines;
    }

    /** The rest of the sentence, without the marks of a comment. */
    private static String sentence(String rest) {
        StringBuilder joined = new StringBuilder();
        String[] lines = rest.split("\n");
        joined.append(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            Matcher comment = COMMENT_LINE.matcher(lines[i]);
            if (!comment.matches()) {
                break;
            }
            joined.append(' ').append(comment.group(1));
        }
        String text = joined.toString().replaceAll("\\s+", " ").strip();
        Matcher end = SENTENCE_END.matcher(text);
        String sentence = end.find() ? text.substring(0, end.start()) : text;
        return TAG.matcher(sentence).replaceAll("$1").strip();
    }
}
