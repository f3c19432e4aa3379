// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import kernel.sched.dispatch.Invariants;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import machine.core.engine.Engine;
import machine.core.engine.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.component.annotations.Component;

/** The scheduler in docs/scheduler.md compiles against the API as it is, and works. */
class DocumentedExampleTest {
    private static final long MS = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void theExampleCompilesAndSchedules() throws Exception {
        compile(example());
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()},
                Scheduler.class.getClassLoader())) {
            Scheduler fcfs = (Scheduler) loader.loadClass("example.fcfs.Fcfs").getConstructor().newInstance();
            try (ToyKernel kernel = new ToyKernel(2, 1, () -> fcfs, "fcfs").checked()) {
                for (int i = 0; i < 6; i++) {
                    kernel.start(() -> {
                        kernel.compute(50 * MS);
                        kernel.sleep.kpause("nap", 1, false);
                        kernel.compute(50 * MS);
                    });
                }
                kernel.runUntil(70 * MS);
                kernel.mustSwap(new FourBsd(), "4bsd");
                assertEquals(List.of(), Invariants.check(kernel.dispatcher));
                assertEquals(RunOutcome.Reason.QUIESCENT, kernel.run().reason());
                for (ToyTask task : kernel.tasks) {
                    assertEquals(TaskState.LSZOMB, task.state());
                }
                assertEquals(List.of(), kernel.broken);
                assertEquals(0, kernel.dispatcher.slot().guard().evictions());
            }
        }
    }

    private static String example() throws IOException {
        Path document = Path.of("docs", "scheduler.md");
        if (!Files.exists(document)) {
            document = Path.of("..", "docs", "scheduler.md");
        }
        String text = Files.readString(document);
        int start = text.indexOf("```java\n") + "```java\n".length();
        return text.substring(start, text.indexOf("```", start));
    }

    private void compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///example/fcfs/Fcfs.java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return source;
            }
        };
        List<String> options = List.of("-proc:none", "-d", folder.toString(), "-cp", classPath());
        compiler.getTask(null, null, problems, options, null, List.of(file)).call();
        List<String> errors = problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString).collect(Collectors.toList());
        assertEquals(List.of(), errors);
    }

    private static String classPath() {
        return Stream.of(Scheduler.class, Engine.class, Component.class, ProviderType.class)
                .map(DocumentedExampleTest::placeOf)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
