// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One kind of plug-in project.
 *
 * <p>Its folder has a {@code README.md} and {@code template.properties}:
 *
 * <pre>
 * example      package below examples whose code and tests the project begins with
 * class        what the names of its classes begin with
 * word         what its string literals call it, if that is not the name of the package
 * description  what it is: "scheduler"
 * compile      bundles it is compiled against, with blanks between
 * test         bundles that only its tests need
 * </pre>
 *
 * <p>{@code pom.xml} and {@code bnd.bnd} are the same for all kinds. In texts {@code __name__} stands for the
 * project's name, {@code __Name__} for that of its class, {@code __what__} for the description.
 */
final class Template {
    private final Path root;
    private final Path folder;
    private final Properties properties = new Properties();

    private Template(Path root, String kind) {
        this.root = root;
        this.folder = root.resolve("cnf/templates").resolve(kind);
    }

    static Template read(Path root, String kind) throws IOException {
        Template template = new Template(root, kind);
        try (Reader in = Files.newBufferedReader(template.folder.resolve("template.properties"))) {
            template.properties.load(in);
        }
        return template;
    }

    /** The files of a project and their text. */
    Map<Path, String> files(String name) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        String pom = Files.readString(folder.resolveSibling("pom.xml"))
                .replace("__dependencies__", dependencies("compile", "provided") + dependencies("test", "test"));
        files.put(Path.of("pom.xml"), fill(pom, name));
        files.put(Path.of("bnd.bnd"), fill(Files.readString(folder.resolveSibling("bnd.bnd")), name));
        files.put(Path.of("README.md"), fill(Files.readString(folder.resolve("README.md")), name));
        code("src", "src/main/java", name, files);
        code("test", "src/test/java", name, files);
        return files;
    }

    private String fill(String text, String name) {
        return text.replace("__name__", name).replace("__Name__", className(name))
                .replace("__what__", properties.getProperty("description"));
    }

    private static String className(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private String dependencies(String key, String scope) {
        return Stream.of(properties.getProperty(key, "").split(" ")).filter(bundle -> !bundle.isEmpty())
                .map(bundle -> """
                            <dependency>
                              <groupId>%s</groupId>
                              <artifactId>%s</artifactId>
                              <version>${workbench.version}</version>
                              <scope>%s</scope>
                            </dependency>
                        """.formatted(ApiJars.GROUP, bundle, scope))
                .collect(Collectors.joining());
    }

    private void code(String from, String to, String name, Map<Path, String> files) throws IOException {
        Path source = root.resolve("examples").resolve(from).resolve("examples").resolve(properties.getProperty("example"));
        for (Path file : Trees.files(source, ".java")) {
            Path target = Path.of(to, name, renamed(source.relativize(file).toString(), name));
            files.put(target, renamed(Files.readString(file), name));
        }
    }

    /** The example's code under the project's name: its package, its classes, and the literals that name it. */
    private String renamed(String code, String name) {
        String example = properties.getProperty("example");
        String word = Pattern.quote(properties.getProperty("word", example));
        return code.replaceAll("\\bexamples\\." + example + "\\b", name)
                .replaceAll("\\b" + properties.getProperty("class"), className(name))
                .replaceAll("(?<=\")" + word + "(?=\")|(?<=kernel\\.variant=)" + word + "(?=\")", name);
    }
}
