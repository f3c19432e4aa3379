// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Makes a plug-in project: the code of an example under a new name, with what plain Maven needs.
 *
 * <p>The folders of {@code cnf/templates} are the kinds; {@link Template} says what is in them.
 */
final class NewProject {
    /** What the packages of Java, of libraries and of the workbench begin with. */
    private static final Set<String> RESERVED = Set.of("java", "javax", "jdk", "sun", "com", "org", "net", "io", "cnf",
            "examples", "kernel", "machine", "shell", "userland");

    private final Path root;
    private final Path templates;

    NewProject(Path root) {
        this.root = root;
        this.templates = root.resolve("cnf/templates");
    }

    /** Makes {@code folder/name}, outside the workspace; returns what to tell the user. */
    String create(String kind, String name, Path folder) throws IOException {
        if (!kind.matches("\\w+") || !Files.isDirectory(templates.resolve(kind))) {
            throw new BuildFailure("there is no kind '%s'; there are: %s", kind, kinds());
        }
        checkName(name);
        Path project = folder.toAbsolutePath().normalize().resolve(name);
        if (project.startsWith(root)) {
            throw new BuildFailure("%s is inside of the workspace; name another folder for the project", folder);
        }
        if (Files.exists(project)) {
            throw new BuildFailure("there is already a folder %s; take another name, or remove it", project);
        }
        try {
            write(kind, name, project);
        } catch (FileSystemException e) {
            throw new BuildFailure("%s cannot be made (%s); name a folder that you may write to", project,
                    e.getReason() == null ? e.toString() : e.getReason());
        }
        return "made " + project + "; after ./kw export, mvn package there makes target/" + name
                + ".jar, which a running workbench takes when it is copied to load/";
    }

    /** The name becomes that of a Java package of its own, of a bundle and of a variant. */
    private static void checkName(String name) {
        if (!name.matches("[a-z][a-z0-9]*")) {
            throw new BuildFailure("'%s' cannot be a project's name: use lower-case letters and digits, a letter first", name);
        }
        if (!SourceVersion.isName(name) || RESERVED.contains(name)) {
            throw new BuildFailure("'%s' cannot be a project's name: it has a meaning of its own as the name of a Java package;"
                    + " add something to it", name);
        }
    }

    private void write(String kind, String name, Path project) throws IOException {
        for (Map.Entry<Path, String> file : Template.read(root, kind).files(name).entrySet()) {
            Path target = project.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }

    /** The kinds there are, for messages. */
    String kinds() throws IOException {
        try (Stream<Path> folders = Files.list(templates)) {
            return folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
