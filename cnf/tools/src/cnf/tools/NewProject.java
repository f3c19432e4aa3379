// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a plug-in project from a template, a folder in {@code cnf/templates}. In the names and the text of
 * its files {@code __name__} stands for the project's name and {@code __Name__} for that of its class.
 */
final class NewProject {
    private final Path root;
    private final Path templates;

    NewProject(Path root) {
        this.root = root;
        this.templates = root.resolve("cnf/templates");
    }

    /** Makes {@code folder/name}, outside the workspace; returns what to tell the user. */
    String create(String kind, String name, Path folder) throws IOException {
        Path template = templates.resolve(kind);
        if (!kind.matches("\\w+") || !Files.isDirectory(template)) {
            throw new BuildFailure("there is no kind %s; there are: %s", kind, kinds());
        }
        if (!name.matches("[a-z][a-z0-9]*")) {
            throw new BuildFailure("%s cannot be a project's name: use lower-case letters and digits", name);
        }
        if (folder.toAbsolutePath().normalize().equals(root)) {
            throw new BuildFailure("%s is the workspace; name another folder for the project", folder);
        }
        Path project = folder.resolve(name);
        if (Files.exists(project)) {
            throw new BuildFailure("there is already a folder %s", project);
        }
        for (Path file : Trees.files(template, "")) {
            Path target = project.resolve(fill(template.relativize(file).toString(), name));
            Files.createDirectories(target.getParent());
            Files.writeString(target, fill(Files.readString(file), name));
        }
        return "made " + project + "; after ./kw export, mvn package there makes target/" + name
                + ".jar, which a running workbench takes when it is copied to load/";
    }

    private String kinds() throws IOException {
        try (Stream<Path> folders = Files.list(templates)) {
            return folders.map(f -> f.getFileName().toString()).sorted().collect(Collectors.joining(", "));
        }
    }

    private static String fill(String text, String name) {
        String className = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return text.replace("__name__", name).replace("__Name__", className);
    }
}
