// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.nio.file.Path;
import java.util.List;

/** The JVM that tests and benchmarks run in: the one that runs the driver. */
final class Jvm {
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** What the code under test may use, as in {@code shell/workbench.bndrun}. */
    static final List<String> OPTIONS = List.of(
            "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private Jvm() {
    }
}
