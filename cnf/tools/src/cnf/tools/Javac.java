// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles a set of source folders. What javac says goes to standard error unchanged. */
final class Javac {
    /** Left out: what warns about other people's jars, or asks for serialVersionUIDs nobody reads. */
    private static final String LINT = "-Xlint:all,-processing,-classfile,-path,-options,-serial,-this-escape";

    private final List<String> options;

    /** @param options added to every call, for example {@code --add-exports} */
    Javac(List<String> options) {
        this.options = List.copyOf(options);
    }

    /**
     * Compiles into an empty folder. The folder is replaced only when all went well, so a failure
     * leaves the last good classes in place.
     *
     * @param processors class path of annotation processors; empty means that none runs
     */
    boolean compile(Collection<Path> sources, Path output, Collection<Path> classPath, Collection<Path> processors)
            throws IOException {
        List<File> files = new ArrayList<>();
        for (Path source : sources) {
            Trees.files(source, ".java").forEach(f -> files.add(f.toFile()));
        }
        Path fresh = output.resolveSibling(output.getFileName() + ".new");
        Trees.delete(fresh);
        Files.createDirectories(fresh);
        if (!files.isEmpty() && !run(files, arguments(fresh, classPath, processors))) {
            Trees.delete(fresh);
            return false;
        }
        Trees.replace(output, fresh);
        return true;
    }

    private List<String> arguments(Path output, Collection<Path> classPath, Collection<Path> processors) {
        List<String> arguments = new ArrayList<>(List.of(
                "-d", output.toString(), "-g", "-parameters", "-encoding", "UTF-8", LINT, "-cp", join(classPath)));
        if (processors.isEmpty()) {
            arguments.add("-proc:none");
        } else {
            arguments.addAll(List.of("-processorpath", join(processors)));
        }
        arguments.addAll(options);
        return arguments;
    }

    private static boolean run(List<File> files, List<String> arguments) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromFiles(files);
            return compiler.getTask(new PrintWriter(System.err, true), manager, null, arguments, null, units).call();
        }
    }

    private static String join(Collection<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
