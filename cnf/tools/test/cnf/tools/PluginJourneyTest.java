// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/plugins.md tells a stranger to do, taken from the page, with the real Maven and the real workbench. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PluginJourneyTest {
    /** The page makes a scheduler; these are the other kinds, with the name of a project. */
    private static final SortedMap<String, String> OTHERS = new TreeMap<>(Map.of("machine", "mymachine", "lwp", "mypark",
            "pageout", "mypages", "mapindex", "myindex", "program", "myprogram", "syscall", "mycall", "command", "mycommand"));

    private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Path root = Path.of(System.getProperty("kw.root"));
    /** Has the folder above the workbench, with a blank in its name as people have them. */
    @TempDir
    Path above;
    private Path folder;
    private Path load;
    private RunningWorkbench workbench;
    private Process maven;

    @AfterEach
    void stop() throws InterruptedException {
        if (workbench != null) {
            workbench.close();
        }
        if (maven != null) {
            maven.destroyForcibly().waitFor();
        }
    }

    /** The blocks of commands on the page. */
    private List<List<String>> blocks() throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        boolean fenced = false;
        for (String line : Files.readAllLines(root.resolve("docs/plugins.md"))) {
            boolean fence = line.startsWith("```");
            fenced ^= fence;
            if (fence && fenced) {
                blocks.add(new ArrayList<>());
            } else if (fenced) {
                blocks.getLast().add(line);
            }
        }
        return blocks;
    }

    @Test
    void aPluginIsMadeBuiltDroppedInRebuiltAndRemoved() throws Exception {
        List<List<String>> blocks = blocks();
        assertEquals(3, blocks.size(), "make it, build it and drop it in, use it");
        standIn();
        onHost(blocks.getFirst());
        buildTheOthersMeanwhile();
        workbench = new RunningWorkbench(root, above.resolve("launch"), load);
        assertFalse(workbench.ask("variants sched").contains("raffle"));
        workbench.ask("spawn hog 30s");
        onHost(blocks.get(1));
        assertTrue(tests("raffle") > 0);
        workbench.await("variants sched", answer -> answer.contains("raffle"));
        for (String command : blocks.getLast()) {
            String answer = workbench.ask(command);
            assertTrue(answer.contains(command.equals("run 1s") ? "at 1s" : "raffle"), command + ": " + answer);
        }
        String compared = workbench.ask("compare hog 50ms 3 --slot sched --variants 4bsd,raffle");
        assertTrue(compared.contains("raffle first decides otherwise than 4bsd at event"), compared);
        theSchedulerChanges();
        whatIsWrongIsSaid();

        Files.delete(load.resolve("raffle.jar"));
        workbench.await("variants sched", answer -> !answer.contains("raffle"));
        assertTrue(workbench.ask("variants sched").lines().anyMatch(line -> line.matches(".*4bsd +yes .*")));
        assertTrue(workbench.ask("run 1s").contains("at 3s"));
        theOthersDoWhatTheirReadmeSays();
    }

    /** A folder kernel-workbench, so that the page's commands touch neither the real load folder nor what is beside it. */
    private void standIn() throws IOException {
        folder = Files.createDirectories(above.resolve("my plug-ins"));
        load = Files.createDirectories(folder.resolve("kernel-workbench/load"));
        Path kw = Files.writeString(folder.resolve("kernel-workbench/kw"), """
                #!/usr/bin/env bash
                [ "$1" != new ] || set -- "$@" "$PWD/.."
                exec '%s' "$@"
                """.formatted(root.resolve("kw")));
        assertTrue(kw.toFile().setExecutable(true));
    }

    /** Commands of the page, typed in the folder of the workbench. */
    private void onHost(List<String> commands) throws Exception {
        Process shell = host("bash", "-e", "-c", String.join("\n", commands))
                .directory(folder.resolve("kernel-workbench").toFile()).redirectOutput(log("host")).start();
        assertEquals(0, shell.waitFor(), () -> commands + ": " + text("host"));
    }

    private void buildTheOthersMeanwhile() throws IOException {
        StringBuilder modules = new StringBuilder();
        for (Map.Entry<String, String> project : OTHERS.entrySet()) {
            new NewProject(root).create(project.getKey(), project.getValue(), folder);
            modules.append("<module>").append(project.getValue()).append("</module>");
        }
        Path pom = Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>journey</groupId>
                  <artifactId>all</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """.formatted(modules));
        maven = host("mvn", "-q", "-B", "-DargLine=" + QUICK, "-f", pom.toString(), "package")
                .redirectOutput(log("others")).start();
    }

    /** The JVMs of this are too short-lived for the better compiler. */
    private static ProcessBuilder host(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MAVEN_OPTS", QUICK);
        return builder;
    }

    private File log(String name) {
        return above.resolve(name + ".log").toFile();
    }

    private String text(String name) {
        try {
            return Files.readString(log(name).toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void theOthersDoWhatTheirReadmeSays() throws Exception {
        assertEquals(0, maven.waitFor(), () -> text("others"));
        for (String name : OTHERS.values()) {
            assertTrue(tests(name) > 0, name + " has no test that ran");
            Files.copy(folder.resolve(name).resolve("target/" + name + ".jar"), load.resolve(name + ".jar"));
        }
        workbench.await("variants machine", answer -> answer.contains("mymachine"));
        String checks = workbench.ask("tck machine mymachine");
        assertTrue(checks.contains("passed") && !checks.contains("failed"), checks);
        workbench.await("variants lwp", answer -> answer.contains("mypark"));
        assertTrue(workbench.ask("use lwp mypark").contains("1.84 -> mypark"));
        workbench.await("variants pageout", answer -> answer.contains("mypages"));
        assertTrue(workbench.ask("use pageout mypages").contains("twoqueue -> mypages"));
        workbench.await("variants mapindex", answer -> answer.contains("myindex"));
        assertTrue(workbench.ask("use mapindex myindex").contains("chunks -> myindex"));
        workbench.await("help", answer -> answer.contains("mycommand"));
        String busiest = workbench.ask("mycommand 3 --json");
        assertTrue(busiest.contains("[{\"lwp\":\"1.1\",\"process\":\"hog\""), busiest);
        String report = workbench.ask("sim myprogram 100");
        assertTrue(report.contains("exit 0"), report);
        workbench.ask("p = (spawn puppet)");
        workbench.await("sys $p mycall 0", answer -> answer.contains("mycall(0) = 1"));
        String all = workbench.ask("load");
        for (String brought : List.of("machine mymachine", "lwp mypark", "pageout mypages",
                "mapindex myindex", "program myprogram",
                "call mycall", "command mycommand")) {
            assertTrue(all.contains(brought), all);
        }
    }

    private void theSchedulerChanges() throws Exception {
        Path source = folder.resolve("raffle/src/main/java/raffle/Raffle.java");
        Files.writeString(source, Files.readString(source).replace("kernel.description=draws who runs",
                "kernel.description=tickets"));
        onHost(List.of("cd ../raffle", "mvn -o -q package", "cp target/raffle.jar ../kernel-workbench/load/"));
        workbench.await("variants sched", answer -> answer.lines().anyMatch(line -> line.matches(".*raffle +yes .*tickets.*")));
        assertTrue(workbench.ask("run 1s").contains("at 2s"));
    }

    /** No file in the load folder is passed over in silence, and none of them stops what runs. */
    private void whatIsWrongIsSaid() throws Exception {
        WrongJars.make(load.resolve("raffle.jar"), load);
        String all = workbench.await("load", answer -> WrongJars.ALL.stream().allMatch(wrong ->
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
        workbench.await("load", answer -> answer.contains("the one loaded before goes on"));
        assertTrue(workbench.ask("slots").lines().anyMatch(line -> line.matches("sched +raffle .*")));
        Path copy = Files.write(above.resolve("copy"), whole);
        Files.move(copy, load.resolve("raffle.jar"), StandardCopyOption.REPLACE_EXISTING);
        workbench.await("load", answer -> !answer.contains("goes on"));
    }

    private long tests(String name) throws IOException {
        try (Stream<Path> reports = Files.list(folder.resolve(name).resolve("target/surefire-reports"))) {
            return reports.filter(report -> report.toString().endsWith(".xml")).count();
        }
    }
}
