// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of a work tree: what was written by hand, and the classes made from it. */
record Repository(Path root) {
    private static final Set<String> BUILT = Set.of(".git", "cache", "bin", "bin_test", "generated", "dist", "target");

    /** The work tree that these tests are part of. */
    static Repository here() {
        return new Repository(Path.of(System.getProperty("kw.root")));
    }

    /** Everything but what a build makes. */
    List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean built = BUILT.contains(folder.getFileName().toString());
                return built ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // In a linked work tree .git is a file.
                if (!file.endsWith(".git") && !file.toString().endsWith(".jar")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    /** The production classes of a project, by internal name. */
    Map<String, ClassModel> classes(String project) throws IOException {
        return read(root.resolve(project).resolve("bin"));
    }

    static Map<String, ClassModel> read(Path folder) throws IOException {
        Map<String, ClassModel> classes = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try (var walk = Files.walk(folder)) {
                for (Path file : walk.filter(f -> f.toString().endsWith(".class")).toList()) {
                    ClassModel model = ClassFile.of().parse(file);
                    classes.put(model.thisClass().asInternalName(), model);
                }
            }
        }
        return classes;
    }
}
