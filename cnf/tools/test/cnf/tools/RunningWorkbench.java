// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.build.Workspace;
import biz.aQute.resolve.Bndrun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The workbench as a user has it, in a JVM of its own, with a load folder of its own; tests type and read. */
final class RunningWorkbench implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Writer shell;
    private final BufferedReader answers;
    private int asked;

    /**
     * Starts it.
     *
     * @param folder for the files it is launched from
     */
    RunningWorkbench(Path root, Path folder, Path load) throws Exception {
        try (Workspace workspace = new Workspace(root.toFile());
                Bndrun run = new Runs(workspace).open("shell/workbench.bndrun")) {
            assertTrue(new LaunchFiles(Files.createDirectories(folder)).write(run));
        }
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        process = new ProcessBuilder(List.of(java, "-Dfelix.fileinstall.dir=" + load, "@" + folder.resolve("launch.args")))
                .redirectErrorStream(true).start();
        shell = process.outputWriter();
        answers = process.inputReader();
    }

    /** What a command prints: all up to the mark that is asked for after it. */
    String ask(String command) throws IOException {
        asked++;
        shell.write(command + "\necho end of answer " + asked + "\n");
        shell.flush();
        StringBuilder answer = new StringBuilder();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.contains("end of answer " + asked)) {
                break;
            }
            answer.append(line).append('\n');
        }
        // Standard error is in there as well.
        assertFalse(answer.toString().contains("Exception"), answer.toString());
        return answer.toString();
    }

    /** Asks again until the answer is as wanted. */
    String await(String command, Predicate<String> wanted) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String answer = ask(command);
        while (!wanted.test(answer)) {
            assertTrue(System.nanoTime() < end, "after " + PATIENCE_SECONDS + " s: " + answer);
            assertFalse(process.waitFor(300, TimeUnit.MILLISECONDS), "the workbench ended");
            answer = ask(command);
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
