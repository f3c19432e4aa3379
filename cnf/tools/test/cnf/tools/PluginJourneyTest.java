// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.build.Workspace;
import biz.aQute.resolve.Bndrun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/plugins.md tells a stranger to do, with the real Maven and the real workbench. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PluginJourneyTest {
    private static final int PATIENCE_SECONDS = 60;
    /** Kind to the name of a project of that kind. */
    private static final SortedMap<String, String> PROJECTS = new TreeMap<>(Map.of("sched", "raffle",
            "machine", "mymachine", "lwp", "mypark", "pageout", "mypages", "program", "myprogram", "syscall", "mycall", "command", "mycommand"));

    private final Path root = Path.of(System.getProperty("kw.root"));
    @TempDir
    Path folder;
    private Process workbench;
    private Writer shell;
    private BufferedReader answers;
    private int asked;

    @AfterEach
    void stop() throws InterruptedException {
        if (workbench != null) {
            workbench.destroyForcibly().waitFor();
        }
    }

    /** Who changes the page has to change the journey. */
    @Test
    void thePageHasTheStepsOfTheJourney() throws IOException {
        List<String> steps = new ArrayList<>();
        boolean fenced = false;
        for (String line : Files.readAllLines(root.resolve("docs/plugins.md"))) {
            boolean fence = line.startsWith("```");
            if (fenced && !fence) {
                steps.add(line);
            }
            fenced ^= fence;
        }
        assertEquals(List.of("./kw export", "./kw new sched raffle", "cd ../raffle", "mvn package",
                "cp target/raffle.jar ../kernel-workbench/load/", "variants sched", "use sched raffle", "run 1s"), steps);
    }

    @Test
    void aPluginIsMadeBuiltDroppedInRebuiltAndRemoved() throws Exception {
        new ApiJars(root).install();
        for (Map.Entry<String, String> project : PROJECTS.entrySet()) {
            new NewProject(root).create(project.getKey(), project.getValue(), folder);
        }
        build(folder, modules());
        for (String name : PROJECTS.values()) {
            assertTrue(tests(name) > 0, name + " has no test that ran");
        }
        Path load = Files.createDirectories(folder.resolve("load"));
        startWorkbench(load);
        assertFalse(ask("variants sched").contains("raffle"));
        ask("spawn hog 30s");
        for (String name : PROJECTS.values()) {
            drop(name, load);
        }
        await("variants sched", answer -> answer.contains("raffle"));
        assertTrue(ask("use sched raffle").contains("4bsd -> raffle"));
        assertTrue(ask("run 1s").contains("at 1s"));
        theSchedulerChanges(load);
        whatIsWrongIsSaid(load);

        Files.delete(load.resolve("raffle.jar"));
        await("variants sched", answer -> !answer.contains("raffle"));
        assertTrue(ask("variants sched").lines().anyMatch(line -> line.matches(".*4bsd +yes .*")));
        assertTrue(ask("run 1s").contains("at 3s"));
        theOthersDoWhatTheirReadmeSays();
    }

    private void theOthersDoWhatTheirReadmeSays() throws Exception {
        await("variants machine", answer -> answer.contains("mymachine"));
        String checks = ask("tck machine mymachine");
        assertTrue(checks.contains("passed") && !checks.contains("failed"), checks);
        await("variants lwp", answer -> answer.contains("mypark"));
        assertTrue(ask("use lwp mypark").contains("1.84 -> mypark"));
        await("variants pageout", answer -> answer.contains("mypages"));
        assertTrue(ask("use pageout mypages").contains("twoqueue -> mypages"));
        await("help", answer -> answer.contains("mycommand"));
        String busiest = ask("mycommand 3 --json");
        assertTrue(busiest.contains("[{\"lwp\":\"1.1\",\"process\":\"hog\""), busiest);
        String report = ask("sim myprogram 100");
        assertTrue(report.contains("exit 0"), report);
        ask("p = (spawn puppet)");
        await("sys $p mycall 0", answer -> answer.contains("mycall(0) = 1"));
    }

    private void theSchedulerChanges(Path load) throws Exception {
        Path source = folder.resolve("raffle/src/main/java/raffle/Raffle.java");
        Files.writeString(source, Files.readString(source).replace("kernel.description=draws who runs",
                "kernel.description=tickets"));
        build(folder.resolve("raffle"), folder.resolve("raffle/pom.xml"));
        drop("raffle", load);
        await("variants sched", answer -> answer.lines().anyMatch(line -> line.matches(".*raffle +yes .*tickets.*")));
        assertTrue(ask("run 1s").contains("at 2s"));
    }

    /** No file in the load folder is passed over in silence, and none of them stops what runs. */
    private void whatIsWrongIsSaid(Path load) throws Exception {
        WrongJars.make(load.resolve("raffle.jar"), load);
        String all = await("load", answer -> WrongJars.ALL.stream().allMatch(wrong ->
                answer.lines().anyMatch(line -> line.startsWith(wrong.file()))));
        for (WrongJars.Wrong wrong : WrongJars.ALL) {
            assertTrue(all.lines().anyMatch(line -> line.contains(wrong.file()) && line.contains(wrong.says())),
                    wrong + " is not in:\n" + all);
            Files.delete(load.resolve(wrong.file()));
        }
        assertTrue(all.lines().anyMatch(line -> line.matches("raffle.jar +raffle 1.0.0 +yes +sched raffle +-")), all);
        // Half of a jar does not harm the one before.
        byte[] whole = Files.readAllBytes(load.resolve("raffle.jar"));
        Files.write(load.resolve("raffle.jar"), Arrays.copyOf(whole, whole.length / 2));
        await("load", answer -> answer.contains("the one loaded before goes on"));
        assertTrue(ask("slots").lines().anyMatch(line -> line.matches("sched +raffle .*")));
        Files.write(load.resolve("raffle.jar"), whole);
        await("load", answer -> !answer.contains("goes on"));
    }

    /** One run of Maven for all of them. */
    private Path modules() throws IOException {
        StringBuilder modules = new StringBuilder();
        PROJECTS.values().forEach(name -> modules.append("<module>").append(name).append("</module>"));
        return Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>journey</groupId>
                  <artifactId>all</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """.formatted(modules));
    }

    private void build(Path project, Path pom) throws Exception {
        Path log = folder.resolve("maven.log");
        int status = new ProcessBuilder("mvn", "-q", "-B", "-Dstyle.color=never", "-f", pom.toString(), "package")
                .directory(project.toFile()).redirectOutput(log.toFile()).redirectErrorStream(true).start().waitFor();
        assertEquals(0, status, Files.readString(log));
    }

    private long tests(String name) throws IOException {
        try (Stream<Path> reports = Files.list(folder.resolve(name).resolve("target/surefire-reports"))) {
            return reports.filter(report -> report.toString().endsWith(".xml")).count();
        }
    }

    /** Into place in one step, so that half a jar is never seen. */
    private void drop(String name, Path load) throws IOException {
        Path copy = Files.copy(folder.resolve(name).resolve("target/" + name + ".jar"), folder.resolve("copy"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, load.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void startWorkbench(Path load) throws Exception {
        try (Workspace workspace = new Workspace(root.toFile());
                Bndrun run = new Runs(workspace).open("shell/workbench.bndrun")) {
            assertTrue(new LaunchFiles(Files.createDirectories(folder.resolve("launch"))).write(run));
        }
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        workbench = new ProcessBuilder(List.of(java, "-Dfelix.fileinstall.dir=" + load,
                "@" + folder.resolve("launch/launch.args"))).redirectErrorStream(true).start();
        shell = workbench.outputWriter();
        answers = workbench.inputReader();
    }

    private String await(String command, Predicate<String> wanted) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String answer = ask(command);
        while (!wanted.test(answer)) {
            assertTrue(System.nanoTime() < end, "after " + PATIENCE_SECONDS + " s: " + answer);
            assertFalse(workbench.waitFor(300, TimeUnit.MILLISECONDS), "the workbench ended");
            answer = ask(command);
        }
        return answer;
    }

    /** What a command prints: all up to the mark that is asked for after it. */
    private String ask(String command) throws IOException {
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
        // The standard error of the workbench is in there as well.
        assertFalse(answer.toString().contains("Exception"), answer.toString());
        return answer.toString();
    }
}
