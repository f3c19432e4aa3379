// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a plug-in project: the code of an example under a new name, with what plain Maven needs.
 *
 * <p>The folders of {@code cnf/templates} are the kinds; {@link Template} says what is in them.
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
        if (!kind.matches("\\w+") || !Files.isDirectory(templates.resolve(kind))) {
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
        for (Map.Entry<Path, String> file : Template.read(root, kind).files(name).entrySet()) {
            Path target = project.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
        return "made " + project + "; after ./kw export, mvn package there makes target/" + name
                + ".jar, which a running workbench takes when it is copied to load/";
    }

    private String kinds() throws IOException {
        try (Stream<Path> folders = Files.list(templates)) {
            return folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
