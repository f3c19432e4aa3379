// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools.rules;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** Classes compiled for a test from sources in the test. */
final class Fixture {
    private final Path folder;
    private final List<String> files = new ArrayList<>();

    Fixture(Path folder) {
        this.folder = folder;
    }

    /** @param name with its package, as in {@code kernel.vm.Page} */
    Fixture add(String name, String body) throws IOException {
        int dot = name.lastIndexOf('.');
        Path file = folder.resolve("src").resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package " + name.substring(0, dot) + ";\n" + body);
        files.add(file.toString());
        return this;
    }

    Map<String, ClassModel> classes() throws IOException {
        Path output = folder.resolve("bin");
        List<String> arguments = new ArrayList<>(List.of("-d", output.toString(), "-proc:none"));
        arguments.addAll(files);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalArgumentException("the fixture does not compile");
        }
        return Repository.read(output);
    }
}
