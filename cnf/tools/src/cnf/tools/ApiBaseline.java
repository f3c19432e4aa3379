// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * The API as of the last release, in {@code cnf/api}: a package that changed since then needs a version that says so.
 *
 * <p>What is compatible is bnd's judgement, which knows types that plug-ins implement from those they only use. A file
 * has the {@code Export-Package} header of a bundle in its first line and {@link ApiText} below.
 */
final class ApiBaseline {
    private final Path folder;

    ApiBaseline(Path root) {
        folder = root.resolve("cnf/api");
    }

    /** Takes the bundles as they are for those of a release. */
    void write(List<Path> jars) throws Exception {
        Trees.delete(folder);
        Files.createDirectories(folder);
        for (Path jar : jars) {
            String exports = exports(jar);
            if (exports != null) {
                Files.writeString(file(jar), exports + "\n" + ApiText.of(tree(jar)));
            }
        }
    }

    /** What is wrong with the versions of packages, with what to do about it; empty if nothing is. */
    List<String> check(List<Path> jars) throws Exception {
        List<String> complaints = new ArrayList<>();
        for (Path jar : jars) {
            if (Files.exists(file(jar))) {
                check(exports(jar), tree(jar), Files.readAllLines(file(jar)), complaints);
            }
        }
        return complaints;
    }

    static void check(String exports, Tree now, List<String> released, List<String> complaints) throws Exception {
        Tree then = ApiText.parse(released.subList(1, released.size()));
        try (Processor reporter = new Processor()) {
            Baseline baseline = new Baseline(reporter, new DiffPluginImpl());
            for (Baseline.Info info : baseline.baseline(now, packages(exports), then, packages(released.getFirst()),
                    new Instructions("*"))) {
                if (info.mismatch) {
                    complaints.add("package " + info.packageName + " changed (" + info.packageDiff.getDelta()
                            + "): give it @Version(\"" + info.suggestedVersion + "\") in its package-info.java");
                }
            }
        }
    }

    private static Parameters packages(String exports) {
        return OSGiHeader.parseHeader(exports);
    }

    static Tree tree(Path jar) throws Exception {
        return new DiffPluginImpl().tree(jar.toFile());
    }

    /** The header, or null if the bundle exports nothing. */
    static String exports(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Export-Package");
        }
    }

    private Path file(Path jar) {
        return folder.resolve(jar.getFileName().toString().replace(".jar", ".txt"));
    }
}
