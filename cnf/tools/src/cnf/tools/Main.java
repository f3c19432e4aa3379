// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Workspace;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Command line of the build driver: {@code Main ROOT COMMAND [ARGUMENT...]}. */
public final class Main {
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
        File folder = root.toFile();
        Workspace workspace = new Workspace(folder);
        if (!Log.report(workspace)) {
            return false;
        }
        try (BuildLock lock = BuildLock.take(root)) {
            return switch (command) {
                case "build" -> new WorkspaceBuild(workspace, arguments).bundles();
                default -> throw new BuildFailure("the driver has no command %s", command);
            };
        }
    }
}
