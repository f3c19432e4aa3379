// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Container;
import aQute.bnd.build.Project;
import aQute.bnd.build.Workspace;
import aQute.libg.qtokens.QuotedTokenizer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds and runs the benchmarks. */
final class BenchRun {
    private static final String PROJECT = "bench";
    /** Options in {@code bnd.bnd} that keep the code of variants out of the frames of the core. */
    private static final String PORTS = "kw.ports";

    private final Workspace workspace;
    private final Path root;

    BenchRun(Workspace workspace) {
        this.workspace = workspace;
        this.root = workspace.getBase().toPath();
    }

    /** @param arguments for {@code bench.report.Main} */
    boolean run(List<String> arguments) throws Exception {
        WorkspaceBuild build = new WorkspaceBuild(workspace, List.of(PROJECT));
        if (!new BuildLock(root).during(build::everything)) {
            return false;
        }
        Path file = root.resolve("cnf/cache/bench.args");
        Files.write(file, command().stream().map(LaunchFiles::quote).toList());
        List<String> command = new ArrayList<>(List.of(Jvm.JAVA, "@" + file));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    /** JMH starts its forks with the options of this JVM: calls into variants are compiled as in the workbench. */
    private List<String> command() throws Exception {
        List<String> command = new ArrayList<>(Jvm.OPTIONS);
        command.addAll(new QuotedTokenizer(workspace.getProperty(PORTS), ",").getTokenSet());
        command.addAll(List.of("-Dkw.root=" + root, "-cp", classPath(), "bench.report.Main"));
        return command;
    }

    private String classPath() throws Exception {
        Project project = workspace.getProject(PROJECT);
        Set<Path> files = new LinkedHashSet<>();
        files.add(project.getOutput().toPath());
        files.addAll(ClassPaths.main(project));
        for (Container entry : project.getRunpath()) {
            files.add(entry.getFile().toPath());
        }
        return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
