// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sessions in the documents are what the product prints. */
class ReadmeTest {
    private static final String PROMPT = "kw ";

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/shell.md"})
    void sessionIsLiteral(String document) throws Exception {
        List<String> written = session(document);
        List<String> printed = new ArrayList<>();
        try (Bench bench = new Bench()) {
            for (String line : written) {
                if (line.startsWith(PROMPT)) {
                    String command = line.substring(line.indexOf("> ") + 2);
                    printed.add(bench.prompt() + command);
                    printed.addAll(bench.interact(command).lines().toList());
                }
            }
        }
        assertFalse(written.isEmpty());
        assertEquals(stable(written), stable(printed));
    }

    /** Times depend on the host or the cost tables, frames on who came first; the collector does as it likes. */
    private static List<String> stable(List<String> lines) {
        return lines.stream().map(l -> l.replaceAll("(?<=host time: ).*", "")
                .replaceAll("\\b[0-9.]+(ns|us|ms|s)\\b", "TIME")
                .replaceAll("0x([0-9a-f]{1,5}|[0-9a-f]{16})\\b", "FRAME")
                .replaceAll("old one (collected|still referenced)", "old one")).toList();
    }

    @Test
    void everyCommandIsDocumented() throws IOException {
        String text = Files.readString(root().resolve("docs/shell.md"));
        try (Bench bench = new Bench()) {
            List<String> missing = bench.commandNames().stream().filter(name -> !text.contains("| `" + name)
                    && !text.contains("`, `" + name)).toList();
            assertEquals(List.of(), missing);
        }
    }

    private static List<String> session(String document) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(root().resolve(document))) {
            boolean fence = line.startsWith("```");
            inside = !fence && (inside || line.startsWith(PROMPT));
            if (inside) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("cnf/build.bnd"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void scriptsOfTheGreetingWork() throws Exception {
        try (Bench bench = new Bench()) {
            for (String line : Files.readAllLines(root().resolve("shell/profile/ext/motd"))) {
                if (line.startsWith("  ") && !line.contains("help")) {
                    for (String command : line.strip().split(" {2,}")[0].split(";")) {
                        bench.run(command.strip());
                    }
                }
            }
        }
    }
}
