// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Project;
import aQute.bnd.build.Workspace;
import biz.aQute.resolve.Bndrun;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Command line of the build driver: {@code Main ROOT COMMAND [ARGUMENT...]}. */
public final class Main {
    /** What {@code ./kw} starts. */
    private static final String WORKBENCH = "shell/workbench.bndrun";

    private Main() {
    }

    public static void main(String[] args) throws Exception {
        // bnd would tell of every jar it looks at.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        if (args.length < 2) {
            System.err.println("usage: Main ROOT COMMAND [ARGUMENT...]");
            System.exit(2);
        }
        boolean ok;
        try {
            ok = run(Path.of(args[0]).toRealPath(), args[1], Arrays.asList(args).subList(2, args.length));
        } catch (BuildFailure e) {
            Log.info("%s", e.getMessage());
            ok = false;
        }
        // bnd leaves threads behind; this ends them.
        System.exit(ok ? 0 : 1);
    }

    private static boolean run(Path root, String command, List<String> arguments) throws Exception {
        Workspace workspace = new Workspace(root.toFile());
        if (!Log.report(workspace)) {
            return false;
        }
        return switch (command) {
            case "build" -> build(workspace, arguments);
            case "launch" -> build(workspace, List.of()) && launch(workspace);
            case "test" -> new TestRun(workspace, arguments).run();
            case "resolve" -> build(workspace, List.of()) && new Runs(workspace).resolve();
            case "export" -> build(workspace, List.of()) && export(workspace);
            case "baseline" -> baseline(workspace, arguments);
            case "bench" -> new BenchRun(workspace).run(arguments);
            case "new" -> create(root, arguments);
            case "clean" -> clean(workspace);
            default -> throw new BuildFailure("the driver has no command %s", command);
        };
    }

    private static boolean build(Workspace workspace, List<String> projects) throws Exception {
        WorkspaceBuild build = new WorkspaceBuild(workspace, projects);
        return new BuildLock(root(workspace)).during(build::bundles);
    }

    private static boolean launch(Workspace workspace) throws Exception {
        try (Bndrun run = new Runs(workspace).open(WORKBENCH)) {
            return new LaunchFiles(root(workspace).resolve("cnf/cache")).write(run);
        }
    }

    private static boolean export(Workspace workspace) throws Exception {
        int bundles = new ApiJars(root(workspace)).install();
        Log.info("installed %d bundles with their sources in the local Maven repository, as %s:BUNDLE", bundles, ApiJars.GROUP);
        Path jar = root(workspace).resolve("dist/workbench.jar");
        boolean ok = new Runs(workspace).export(WORKBENCH, jar);
        if (ok) {
            Log.info("wrote %s", jar);
        }
        return ok;
    }

    private static boolean baseline(Workspace workspace, List<String> arguments) throws Exception {
        ApiBaseline baseline = new ApiBaseline(root(workspace));
        ApiJars bundles = new ApiJars(root(workspace));
        if (arguments.equals(List.of("check"))) {
            List<String> complaints = baseline.check(bundles.jars());
            complaints.forEach(complaint -> Log.info("%s", complaint));
            return complaints.isEmpty();
        }
        if (!arguments.isEmpty()) {
            throw new BuildFailure("usage: kw baseline [check]");
        }
        if (!build(workspace, List.of())) {
            return false;
        }
        baseline.write(bundles.jars());
        return true;
    }

    private static boolean create(Path root, List<String> arguments) throws Exception {
        NewProject projects = new NewProject(root);
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw new BuildFailure("usage: kw new KIND NAME [FOLDER], for example: kw new sched raffle; kinds are %s",
                    projects.kinds());
        }
        Path folder = arguments.size() == 3 ? Path.of(arguments.get(2)) : root.getParent();
        System.out.println(projects.create(arguments.get(0), arguments.get(1), folder));
        return true;
    }

    private static boolean clean(Workspace workspace) throws Exception {
        for (Project project : workspace.getAllProjects()) {
            for (File folder : List.of(project.getOutput(), project.getTestOutput(), project.getTarget())) {
                Trees.delete(folder.toPath());
            }
        }
        Trees.delete(root(workspace).resolve("dist"));
        return true;
    }

    private static Path root(Workspace workspace) {
        return workspace.getBase().toPath();
    }
}
