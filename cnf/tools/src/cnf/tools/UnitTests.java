// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Container;
import aQute.bnd.build.Project;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the plain JUnit tests of a set of projects, and of the driver, in one forked JVM. */
final class UnitTests {
    private final Path root;
    private final Path reports;
    private final Set<Path> scanned = new LinkedHashSet<>();
    private final Set<Path> classes = new LinkedHashSet<>();
    private final Set<Path> libraries = new LinkedHashSet<>();
    private final Collection<Path> driver;

    /** @param driver the jars of the driver, JUnit's launcher among them */
    UnitTests(Path root, Path reports, Collection<Path> driver) {
        this.root = root;
        this.reports = reports;
        this.driver = driver;
    }

    /** Adds the classes of a project, and its tests if they shall run. */
    void add(Project project, boolean run) throws Exception {
        Path tests = project.getTestOutput().toPath();
        if (run && !Trees.files(tests, ".class").isEmpty()) {
            scanned.add(tests);
        }
        classes.add(tests);
        classes.add(project.getOutput().toPath());
        addLibraries(project.getBuildpath());
        addLibraries(project.getTestpath());
    }

    /** Adds tests, and classes that they test, which belong to no project. */
    void add(Path folder) {
        scanned.add(folder);
        classes.add(folder);
    }

    /** Bundles of the workspace are left out: their classes are there as folders. */
    private void addLibraries(Collection<Container> path) throws Exception {
        for (Container entry : Container.flatten(path)) {
            if (entry.getType() != Container.TYPE.PROJECT) {
                libraries.add(entry.getFile().toPath());
            }
        }
    }

    /** Returns whether the JVM ended well; what failed is in the reports. */
    boolean run() throws Exception {
        if (scanned.isEmpty()) {
            return true;
        }
        Files.createDirectories(reports);
        Path arguments = reports.resolve("unit.args");
        Files.write(arguments, arguments().stream().map(LaunchFiles::quote).toList());
        Process process = new ProcessBuilder(Jvm.JAVA, "@" + arguments)
                .directory(root.toFile())
                .inheritIO()
                .start();
        // A test that ends the JVM leaves a good status, but no report.
        return process.waitFor() == 0 && !Trees.files(reports, ".xml").isEmpty();
    }

    private List<String> arguments() {
        List<Path> classPath = new ArrayList<>(classes);
        classPath.addAll(libraries);
        classPath.addAll(driver);
        List<String> arguments = new ArrayList<>(Jvm.OPTIONS);
        arguments.addAll(List.of(
                "-ea",
                "-Dkw.root=" + root,
                "-cp", join(classPath),
                "org.junit.platform.console.ConsoleLauncher", "execute",
                "--disable-banner",
                "--details=summary",
                "--include-classname=.*Test",
                "--reports-dir=" + reports,
                "--scan-class-path=" + join(scanned)));
        return arguments;
    }

    private static String join(Collection<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
