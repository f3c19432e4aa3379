// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Project;
import aQute.bnd.build.Workspace;
import biz.aQute.resolve.Bndrun;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Builds and runs tests; ends with the totals on standard output. */
final class TestRun {
    /** The project whose .bndrun holds the tests that run in the container. */
    private static final String CONTAINER = "itest";
    /** The name by which the driver's own tests, and those of the whole repository, are called. */
    private static final String TOOLS = "cnf";

    private final Workspace workspace;
    private final Path root;
    private final Path reports;
    /** The projects whose tests run; empty means all. */
    private final Set<String> names;
    /** Steps that went wrong without leaving a test report; each counts as a failed test. */
    private final Set<String> broken = new TreeSet<>();

    TestRun(Workspace workspace, List<String> names) {
        this.workspace = workspace;
        this.root = workspace.getBase().toPath();
        this.names = new TreeSet<>(names);
        // A folder for each selection: runs of different projects can go on at the same time.
        String selection = names.isEmpty() ? "all" : String.join("+", this.names);
        this.reports = root.resolve("cnf/cache/reports").resolve(selection);
    }

    boolean run() throws Exception {
        Trees.delete(reports);
        List<Project> projects = build();
        unit(projects);
        if (wanted(CONTAINER)) {
            new Runs(workspace).outOfDate().forEach(this::broken);
            container();
        }
        Totals totals = Totals.read(reports).plus(new Totals(0, broken.size(), 0));
        System.err.flush();
        System.out.println(totals);
        return totals.failed() == 0 && totals.passed() > 0;
    }

    private List<Project> build() throws Exception {
        // The repository's own tests look at the classes of every project, and the container runs every bundle.
        boolean all = names.contains(TOOLS) || names.contains(CONTAINER);
        WorkspaceBuild build = new WorkspaceBuild(workspace, all ? Set.of() : names);
        new BuildLock(root).during(build::everything);
        broken.addAll(build.failed());
        return build.projects();
    }

    private void unit(List<Project> projects) throws Exception {
        Path out = reports.resolve("unit");
        List<Path> libraries = jars(System.getProperty("java.class.path"));
        UnitTests tests = new UnitTests(root, out, libraries);
        for (Project project : projects) {
            tests.add(project, wanted(project.getName()));
        }
        if (wanted(TOOLS)) {
            Path classes = root.resolve("cnf/cache/driver/test-classes");
            List<Path> sources = List.of(root.resolve("cnf/tools/src"), root.resolve("cnf/tools/test"));
            if (new Javac(List.of()).compile(sources, classes, libraries, List.of())) {
                tests.add(classes);
            } else {
                broken("cnf/tools did not compile");
            }
        }
        if (!tests.run() && Totals.read(out).failed() == 0) {
            broken("the JVM of the plain tests failed");
        }
    }

    private void container() throws Exception {
        Path out = reports.resolve("container");
        try (Bndrun run = new Runs(workspace).open("itest/itest.bndrun")) {
            if (!ContainerTests.run(run, out) && Totals.read(out).failed() == 0) {
                broken("the JVM of the tests in the container failed");
            }
        }
    }

    private boolean wanted(String name) {
        return names.isEmpty() || names.contains(name);
    }

    private void broken(String what) {
        Log.info("%s", what);
        broken.add(what);
    }

    /** Without folders: the driver's own classes are compiled again together with its tests. */
    private static List<Path> jars(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator)).map(Path::of).filter(Files::isRegularFile).toList();
    }
}
