// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for every file of the repository: it says its licence, and stands on its own. */
final class SourceRule {
    private static final String HEADER = "// SPDX-License-Identifier: BSD-2-Clause\n";
    /** Somebody's own folders. Written in pieces, or this file would break the rule. */
    private static final Pattern FOREIGN_PATH =
            Pattern.compile("(?<![\\w.$}/-])/(?:ho" + "me|ro" + "ot|wo" + "rk|Us" + "ers)/\\w");
    private static final Pattern UPWARDS = Pattern.compile("(?<![\\w./])(?:\\.\\./)+");

    private final Path root;

    SourceRule(Path root) {
        this.root = root;
    }

    List<String> check(List<Path> files) throws IOException {
        List<String> violations = new ArrayList<>();
        for (Path file : files) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Path name = root.relativize(file);
            if (file.toString().endsWith(".java") && !text.startsWith(HEADER)) {
                violations.add(name + " does not start with its licence");
            }
            Matcher foreign = FOREIGN_PATH.matcher(text);
            if (foreign.find()) {
                violations.add(name + " names a path outside the repository: " + line(text, foreign.start()));
            }
            Matcher upwards = UPWARDS.matcher(text);
            while (upwards.find()) {
                if (upwards.group().length() / "../".length() >= name.getNameCount()) {
                    violations.add(name + " leads out of the repository: " + line(text, upwards.start()));
                }
            }
        }
        return violations;
    }

    private static String line(String text, int position) {
        int start = text.lastIndexOf('\n', position) + 1;
        int end = text.indexOf('\n', position);
        return text.substring(start, end < 0 ? text.length() : end).strip();
    }
}
