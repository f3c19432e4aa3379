// SPDX-License-Identifier: BSD-2-Clause
package itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import itest.support.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** The picture of the schedulers' characters, and the figures beside it, are what {@code compare} gives. */
@ExtendWith(ServiceExtension.class)
class CharacterIT {
    private static final Path ROOT = Path.of(System.getProperty("kw.root"));
    private static final String OPTIONS = " --slot sched --variants 4bsd,m2,ule,eevdf --cpus 2 --svg ";
    private static final String AGAIN =
            "draw it again: ./kw compare workloads/character.json" + OPTIONS + "docs/schedulers.svg";

    @InjectService
    CommandProcessor processor;
    @TempDir
    Path folder;

    @Test
    void thePageShowsWhatCompareDraws() throws Exception {
        Path picture = folder.resolve("schedulers.svg");
        String table;
        try (Shell shell = new Shell(processor)) {
            table = shell.type("compare '" + ROOT.resolve("workloads/character.json") + "'" + OPTIONS + "'" + picture + "'");
        }
        assertEquals(Files.readString(ROOT.resolve("docs/schedulers.svg")), Files.readString(picture), AGAIN);
        String page = Files.readString(ROOT.resolve("docs/scheduler.md"));
        // A slow host shows how far it is before.
        table.lines().dropWhile(line -> !line.startsWith("SCHED")).limit(11).forEach(line -> assertTrue(page.contains(line), AGAIN + ", and put its table into"
                + " docs/scheduler.md, which lacks: " + line));
    }
}
