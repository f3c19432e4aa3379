// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticStateRuleTest {
    private static final String FIELD = "kernel.vm.Sample.field";

    @TempDir
    Path folder;

    @Test
    void noClassHasStaticMutableState() throws IOException {
        Map<String, ClassModel> classes = new HashMap<>();
        Map<String, String> allowed = new HashMap<>();
        for (String project : FloorRule.USES.keySet()) {
            classes.putAll(Repository.here().classes(project));
            allowed.putAll(permissions(Repository.here().root().resolve(project).resolve("static-state.txt")));
        }
        assertEquals(List.of(), new StaticStateRule(classes, allowed).check());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "static final int field = new Object().hashCode();",
        "static final String field = \"\";",
        "static final java.util.regex.Pattern field = java.util.regex.Pattern.compile(\"\");",
        "static final Point field = new Point(1, 2); record Point(int x, int y) { }",
        "enum Colour { RED { int f() { return 1; } }; int f() { return 0; } }",
        "static final E field = new E(); static final class E extends RuntimeException { final int errno = 1; }",
        "int f(Thread.State s) { assert s != null; return switch (s) { case NEW -> 1; default -> 2; }; }",
    })
    void acceptsConstants(String body) throws IOException {
        assertEquals(List.of(), check(body, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "static int field;",
        "static final int[] field = {1};",
        "static final java.util.List<String> field = java.util.List.of();",
        "static final java.util.concurrent.atomic.AtomicLong field = new java.util.concurrent.atomic.AtomicLong();",
        "static final ThreadLocal<String> field = new ThreadLocal<>();",
        "static final StringBuilder field = new StringBuilder();",
        "static final Object field = new Object();",
        "static final Counter field = new Counter(); static class Counter { int n; }",
        "static final Sub field = new Sub(); static class Counter { int n; } static class Sub extends Counter { }",
        "static final Names field = new Names(); static class Names extends java.util.ArrayList<String> { }",
    })
    void findsState(String body) throws IOException {
        List<String> violations = check(body, Map.of());
        assertEquals(1, violations.size(), violations::toString);
        assertEquals(FIELD, violations.getFirst().split(" ")[0]);
    }

    @Test
    void findsAnEnumWhoseConstantsChange() throws IOException {
        assertEquals(1, check("enum Colour { RED; int uses; }", Map.of()).size());
    }

    @Test
    void acceptsAPermission() throws IOException {
        assertEquals(List.of(), check("static final int[] field = {1};", Map.of(FIELD, "only read")));
    }

    @Test
    void findsAPermissionThatNothingNeeds() throws IOException {
        assertEquals(1, check("static final int field = 1;", Map.of(FIELD, "only read")).size());
    }

    private List<String> check(String body, Map<String, String> allowed) throws IOException {
        Fixture fixture = new Fixture(folder).add("kernel.vm.Sample", "class Sample { " + body + " }");
        return new StaticStateRule(fixture.classes(), allowed).check();
    }

    /** Lines of a field, a colon and a reason; empty lines and comments are skipped. */
    private static Map<String, String> permissions(Path file) throws IOException {
        Map<String, String> permissions = new HashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(":", 2);
                    assertEquals(2, parts.length, () -> file + ": no reason in " + line);
                    permissions.put(parts[0].strip(), parts[1].strip());
                }
            }
        }
        return permissions;
    }
}
