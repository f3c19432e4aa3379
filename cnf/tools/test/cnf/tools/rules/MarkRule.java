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
 * Every comment with a certain mark is listed in the docs: one line for each, with the class and the first sentence.
 *
 * <p>{@code DEVIATION} is what differs on purpose from the original, {@code UNCONFIRMED} a constant or a rule of the
 * schedulers for which no source was seen.
 */
final class MarkRule {
    private static final Pattern SOURCE = Pattern.compile("[^/]+/src/(.+)\\.java");
    private static final Pattern COMMENT_LINE = Pattern.compile("\\s*(?:\\*(?!/)|//|/\\*\\*)\\s?(.*)");
    private static final Pattern SENTENCE_END = Pattern.compile("\\.(?:\\s|$)|\\s*\\*/|<p>");
    private static final Pattern TAG = Pattern.compile("\\{@\\w+ #?([^}]*)}");

    private final Path root;
    private final Pattern mark;
    private final String list;
    private final List<String> folders;

    private MarkRule(Path root, String mark, String list, String... folders) {
        this.root = root;
        this.mark = Pattern.compile("\\b" + mark + "\\b:?");
        this.list = list;
        this.folders = List.of(folders);
    }

    static MarkRule deviations(Path root) {
        return new MarkRule(root, "DEVIATION", "docs/deviations.md", "");
    }

    static MarkRule unconfirmed(Path root) {
        return new MarkRule(root, "UNCONFIRMED", "docs/scheduler.md", "kernel.sched/", "kernel.lwp/src/kernel/lwp/sched/");
    }

    List<String> check(List<Path> files) throws IOException {
        Set<String> wanted = new TreeSet<>();
        for (Path file : files) {
            wanted.addAll(marked(file));
        }
        Set<String> listed = listed();
        List<String> violations = new ArrayList<>();
        for (String line : wanted) {
            if (!listed.contains(line)) {
                violations.add(list + " lacks the line: " + line);
            }
        }
        for (String line : listed) {
            if (!wanted.contains(line)) {
                violations.add(list + " has a line for what no source says: " + line);
            }
        }
        return violations;
    }

    private Set<String> listed() throws IOException {
        Set<String> lines = new TreeSet<>();
        for (String line : Files.readAllLines(root.resolve(list))) {
            if (line.startsWith("- `")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private List<String> marked(Path file) throws IOException {
        String name = root.relativize(file).toString().replace('\\', '/');
        Matcher source = SOURCE.matcher(name);
        List<String> lines = new ArrayList<>();
        if (source.matches() && folders.stream().anyMatch(name::startsWith)) {
            String text = Files.readString(file);
            Matcher found = mark.matcher(text);
            while (found.find()) {
                lines.add("- `" + source.group(1).replace('/', '.') + "`: " + sentence(text.substring(found.end())));
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
