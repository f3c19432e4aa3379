// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** The sources of one bundle, as a jar in which an IDE finds the contracts of the API. */
final class SourceJar {
    private SourceJar() {
    }

    /** Writes it: the files of the project's {@code src} that the classes of the bundle come from, and their packages'. */
    static void write(Path bundle, Path project, Path target) throws IOException {
        Path source = project.resolve("src");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            for (String name : names(bundle)) {
                Path file = source.resolve(name);
                if (Files.exists(file)) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
    }

    private static Set<String> names(Path bundle) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile jar = new JarFile(bundle.toFile())) {
            jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")).forEach(name -> {
                String top = name.substring(0, name.length() - ".class".length()).replaceFirst("\\$.*", "");
                names.add(top + ".java");
                names.add(top.substring(0, top.lastIndexOf('/') + 1) + "package-info.java");
            });
        }
        return names;
    }
}
