// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The jars that plug-ins need, put into the local Maven repository: the bundles of all floors with their sources. Plug-ins
 * compile against those that export packages, such as {@code FLOOR.api}, and use the others in tests.
 */
final class ApiJars {
    static final String GROUP = "kernel-workbench";

    private static final Set<String> NO_FLOORS = Set.of("bench", "examples", "itest");

    private final Path root;

    ApiJars(Path root) {
        this.root = root;
    }

    /** Installs all of them with one run of Maven, as {@code kernel-workbench:BUNDLE:VERSION}; returns how many. */
    int install() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(root.resolve("cnf/cache/api"));
        Path pom = folder.resolve("pom.xml");
        List<Path> jars = jars();
        Files.writeString(pom, pom(jars, folder));
        Process maven = new ProcessBuilder("mvn", "-q", "-B", "-Dstyle.color=never", "-f", pom.toString(), "install")
                .redirectOutput(ProcessBuilder.Redirect.to(folder.resolve("maven.log").toFile()))
                .redirectErrorStream(true)
                .start();
        if (maven.waitFor() != 0) {
            throw new BuildFailure("Maven did not install the API jars: %s",
                    Files.readString(folder.resolve("maven.log")).strip());
        }
        return jars.size();
    }

    /** The bundles of all floors, built before. */
    List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> projects = Files.list(root)) {
            for (Path project : projects.filter(this::isFloor).sorted().toList()) {
                jars.addAll(Trees.files(project.resolve("generated"), ".jar"));
            }
        }
        return jars;
    }

    private boolean isFloor(Path project) {
        return Files.isDirectory(project.resolve("generated"))
                && !NO_FLOORS.contains(project.getFileName().toString());
    }

    private static String pom(List<Path> jars, Path folder) throws IOException {
        StringBuilder executions = new StringBuilder();
        String version = "0";
        for (Path jar : jars) {
            String name = jar.getFileName().toString().replace(".jar", "");
            Path sources = folder.resolve(name + "-sources.jar");
            SourceJar.write(jar, jar.getParent().getParent(), sources);
            try (JarFile file = new JarFile(jar.toFile())) {
                version = file.getManifest().getMainAttributes().getValue("Bundle-Version");
            }
            executions.append("""
                    <execution>
                      <id>%2$s</id>
                      <phase>install</phase>
                      <goals><goal>install-file</goal></goals>
                      <configuration>
                        <file>%1$s</file>
                        <sources>%5$s</sources>
                        <groupId>%4$s</groupId>
                        <artifactId>%2$s</artifactId>
                        <version>%3$s</version>
                        <packaging>jar</packaging>
                        <generatePom>true</generatePom>
                      </configuration>
                    </execution>
                    """.formatted(escaped(jar), name, version, GROUP, escaped(sources)));
        }
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId>
                  <artifactId>api</artifactId>
                  <version>%s</version>
                  <packaging>pom</packaging>
                  <build><plugins><plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-install-plugin</artifactId>
                    <version>3.1.4</version>
                    <executions>%s</executions>
                  </plugin></plugins></build>
                </project>
                """.formatted(GROUP, version, executions);
    }

    private static String escaped(Path file) {
        return file.toString().replace("&", "&amp;").replace("<", "&lt;");
    }
}
