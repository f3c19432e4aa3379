// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Project;
import aQute.bnd.build.Workspace;
import biz.aQute.resolve.Bndrun;
import biz.aQute.resolve.RunResolution;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is done with the {@code .bndrun} files of the workspace. */
final class Runs {
    private final Workspace workspace;
    private final Path root;

    Runs(Workspace workspace) {
        this.workspace = workspace;
        this.root = workspace.getBase().toPath();
    }

    Bndrun open(String path) throws Exception {
        return Bndrun.createBndrun(workspace, root.resolve(path).toFile());
    }

    /** Writes the bundles that satisfy {@code -runrequires} into every file. */
    boolean resolve() throws Exception {
        boolean ok = true;
        for (String path : paths()) {
            try (Bndrun run = open(path)) {
                RunResolution resolution = run.resolve();
                if (resolution.isOK() && run.update(resolution, false, true)) {
                    Log.info("%s: wrote new -runbundles", path);
                }
                ok &= Log.report(run);
            }
        }
        return ok;
    }

    /** Returns what is wrong with the committed {@code -runbundles}, one line for each file. */
    List<String> outOfDate() throws Exception {
        List<String> problems = new ArrayList<>();
        for (String path : paths()) {
            try (Bndrun run = open(path)) {
                RunResolution resolution = run.resolve();
                if (!resolution.isOK()) {
                    Log.report(run);
                    problems.add(path + " does not resolve");
                } else if (run.update(resolution, false, false)) {
                    problems.add(path + ": -runbundles is out of date; call ./kw resolve and commit the file");
                }
            }
        }
        return problems;
    }

    /** Writes a jar that {@code java -jar} runs. */
    boolean export(String path, Path jar) throws Exception {
        try (Bndrun run = open(path)) {
            var exported = run.export("bnd.executablejar", Map.of());
            if (!Log.report(run)) {
                return false;
            }
            Files.createDirectories(jar.toAbsolutePath().getParent());
            try (OutputStream out = Files.newOutputStream(jar)) {
                exported.getValue().write(out);
            }
            return true;
        }
    }

    private List<String> paths() throws Exception {
        List<String> paths = new ArrayList<>();
        for (Project project : workspace.getBuildOrder()) {
            for (Path file : Trees.files(project.getBase().toPath(), ".bndrun")) {
                paths.add(root.relativize(file).toString());
            }
        }
        return paths;
    }
}
