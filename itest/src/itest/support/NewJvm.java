// SPDX-License-Identifier: BSD-2-Clause
package itest.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The workbench in a JVM of its own, started from the files that {@code ./kw} starts it from, with other options
 * for the JVM.
 */
public final class NewJvm {
    private static final Pattern HASH = Pattern.compile("\"hash\"\\s*:\\s*\"([0-9a-f]{16})\"");
    private static final String COLLECTOR = "-XX:+UseSerialGC";
    private static final String CONTINUATIONS = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED";

    private final Path root = Path.of(System.getProperty("kw.root"));
    private final List<String> options;
    private final UnaryOperator<String> change;

    private NewJvm(List<String> options, UnaryOperator<String> change) {
        this.options = options;
        this.change = change;
    }

    /** As {@code ./kw} starts it. */
    public static NewJvm asShipped() {
        return new NewJvm(List.of(), text -> text);
    }

    /** A small heap and the parallel collector. */
    public static NewJvm otherHeapAndCollector() {
        return new NewJvm(List.of("-Xmx700m"), text -> {
            assertTrue(text.contains(COLLECTOR), text);
            return text.replace(COLLECTOR, "-XX:+UseParallelGC");
        });
    }

    /** Without the JDK's own continuations. */
    public static NewJvm virtualThreads() {
        return new NewJvm(List.of(), text -> {
            assertTrue(text.contains(CONTINUATIONS), text);
            return text.replace(CONTINUATIONS, "-Dkw.contexts=virtual");
        });
    }

    /** What a verb left behind. */
    public record Outcome(int status, String out, String err) {
    }

    /** Runs a verb that prints a report as JSON, and returns the hash in it. */
    public String hashOf(List<String> verb) throws Exception {
        Outcome outcome = run(verb);
        assertEquals(0, outcome.status, outcome.err);
        Matcher hash = HASH.matcher(outcome.out);
        assertTrue(hash.find(), outcome.out);
        return hash.group(1);
    }

    /** Runs a verb. */
    public Outcome run(List<String> verb) throws Exception {
        Path folder = Files.createTempDirectory("kw-itest");
        try {
            Path arguments = Files.writeString(folder.resolve("launch.args"), change.apply(launchArguments()));
            File out = folder.resolve("out").toFile();
            File err = folder.resolve("err").toFile();
            int status = new ProcessBuilder(command(arguments, verb))
                    .directory(root.toFile()).redirectOutput(out).redirectError(err).start().waitFor();
            return new Outcome(status, read(out), read(err));
        } finally {
            for (String name : List.of("launch.args", "out", "err", "")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    /** What ./kw wrote; it does so when it is asked for something and the files are not there or not current. */
    private String launchArguments() throws Exception {
        int status = new ProcessBuilder("bash", root.resolve("kw").toString(), "sim", "--help")
                .directory(root.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor();
        assertEquals(0, status, "./kw sim --help");
        return Files.readString(root.resolve("cnf/cache/launch.args"));
    }

    private List<String> command(Path arguments, List<String> verb) {
        List<String> command = new ArrayList<>(options);
        command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Dfelix.fileinstall.dir=" + root.resolve("load"),
                "-Dorg.osgi.framework.startlevel.beginning=8", "-Dkw.args.count=" + verb.size()));
        for (int i = 0; i < verb.size(); i++) {
            command.add("-Dkw.args." + i + "=" + verb.get(i));
        }
        command.add("@" + arguments);
        return command;
    }

    private static String read(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
