// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages that plug-ins use keep what they promised, or say by their version that they do not. */
class ApiBaselineTest {
    private static final String PACKAGE = "shell.command.format";

    private final Path root = Path.of(System.getProperty("kw.root"));
    private final Path jar = root.resolve("shell/generated/shell.api.jar");

    /** In a JVM of its own: bnd sees inherited members of classes that it can load, and here it could load all. */
    @Test
    void whatChangedSinceTheReleaseHasANewVersion() throws Exception {
        String driver = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).startsWith(root.resolve("cnf/cache/driver")))
                .collect(Collectors.joining(File.pathSeparator));
        Process check = new ProcessBuilder(Jvm.JAVA, "-cp", driver, "cnf.tools.Main", root.toString(), "baseline",
                "check").redirectErrorStream(true).start();
        String complaints = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, check.waitFor(), complaints);
    }

    @Test
    void theTextIsTheTree() throws Exception {
        List<String> text = released();
        assertEquals(text.subList(1, text.size()),
                ApiText.of(ApiText.parse(text.subList(1, text.size()))).lines().toList());
        assertEquals(List.of(), complaints(text));
    }

    @Test
    void anAdditionNeedsAMinorVersion() throws Exception {
        List<String> before = released();
        int method = method(before);
        int end = method + 1;
        while (depth(before.get(end)) > depth(before.get(method))) {
            end++;
        }
        before.subList(method, end).clear();
        assertEquals(List.of("package " + PACKAGE + " changed (MINOR): give it @Version(\"1.1.0\") in its"
                + " package-info.java"), complaints(before));
    }

    @Test
    void aRemovalNeedsAMajorVersion() throws Exception {
        List<String> before = released();
        int method = method(before);
        before.add(method, before.get(method).replaceAll("\\S+$", "gone()"));
        assertEquals(List.of("package " + PACKAGE + " changed (MAJOR): give it @Version(\"2.0.0\") in its"
                + " package-info.java"), complaints(before));
    }

    /** The bundle as it is, as if it had been released, all packages with version 1.0.0. */
    private List<String> released() throws Exception {
        List<String> text = new ArrayList<>(List.of(exports()));
        ApiText.of(ApiBaseline.tree(jar)).lines().forEach(text::add);
        return text;
    }

    private String exports() throws Exception {
        return ApiBaseline.exports(jar).replaceAll("version=\"[^\"]*\"", "version=\"1.0.0\"");
    }

    private List<String> complaints(List<String> before) throws Exception {
        List<String> complaints = new ArrayList<>();
        ApiBaseline.check(exports(), ApiBaseline.tree(jar), before, complaints);
        return complaints;
    }

    /** A method of a class that plug-ins use. */
    private static int method(List<String> text) {
        int type = text.indexOf(text.stream().filter(line -> line.endsWith(" " + PACKAGE + ".Table")).findFirst()
                .orElseThrow());
        int line = type + 1;
        while (!text.get(line).strip().startsWith("METHOD")) {
            line++;
        }
        return line;
    }

    private static int depth(String line) {
        return line.length() - line.stripLeading().length();
    }
}
