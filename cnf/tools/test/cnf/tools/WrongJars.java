// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars that a stranger may put into the load folder and that do not work, and what has to be said of each. */
final class WrongJars {
    private static final String NAME = "Bundle-SymbolicName";
    private static final String NEEDS = "Import-Package";

    /**
     * One of them.
     *
     * @param file its name
     * @param says what the workbench says of it
     */
    record Wrong(String file, String says) {
    }

    /** What {@link #make} made, in that order. */
    static final List<Wrong> ALL = List.of(
            new Wrong("text.jar", "is no whole jar file"),
            new Wrong("half.jar", "is no whole jar file"),
            new Wrong("plain.jar", "its manifest has no Bundle-SymbolicName"),
            new Wrong("version.jar", "has the Bundle-Version one.two, which is no version"),
            new Wrong("import.jar", "needs the package org.nowhere, which no bundle exports"),
            new Wrong("range.jar", "needs the package kernel.sched.policy in version [7.0.0,8.0.0), but here it is"),
            new Wrong("java.jar", "is compiled for Java 99, and this is Java"),
            new Wrong("empty.jar", "brings nothing"),
            new Wrong("again.jar", "is bundle raffle 1.0.0, which is there already (raffle.jar)"),
            new Wrong("double.jar", "sched raffle is there already, from bundle raffle 1.0.0"));

    private WrongJars() {
    }

    /** Makes all of them of a good one. */
    static void make(Path good, Path folder) throws IOException {
        Files.writeString(folder.resolve("text.jar"), "no jar at all");
        byte[] bytes = Files.readAllBytes(good);
        try (OutputStream half = Files.newOutputStream(folder.resolve("half.jar"))) {
            half.write(bytes, 0, bytes.length / 2);
        }
        copy(good, folder.resolve("plain.jar"), NAME, null);
        copy(good, folder.resolve("version.jar"), NAME, "wrong.version", "Bundle-Version", "one.two");
        copy(good, folder.resolve("import.jar"), NAME, "wrong.needs", NEEDS, "org.nowhere");
        copy(good, folder.resolve("range.jar"), NAME, "wrong.range", NEEDS, "kernel.sched.policy;version=\"[7.0,8)\"");
        copy(good, folder.resolve("java.jar"), NAME, "wrong.java", "Require-Capability",
                "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"");
        copy(good, folder.resolve("empty.jar"), NAME, "wrong.empty", "Service-Component", null);
        Files.write(folder.resolve("again.jar"), bytes);
        copy(good, folder.resolve("double.jar"), NAME, "wrong.double");
    }

    /** The same with other headers: names and values in turn, null for none. */
    private static void copy(Path from, Path to, String... headers) throws IOException {
        try (JarFile jar = new JarFile(from.toFile())) {
            Manifest manifest = jar.getManifest();
            for (int i = 0; i < headers.length; i += 2) {
                Attributes.Name name = new Attributes.Name(headers[i]);
                manifest.getMainAttributes().remove(name);
                if (headers[i + 1] != null) {
                    manifest.getMainAttributes().put(name, headers[i + 1]);
                }
            }
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
                copyEntries(jar, out);
            }
        }
    }

    private static void copyEntries(JarFile jar, JarOutputStream out) throws IOException {
        for (JarEntry entry : jar.stream().filter(one -> !one.getName().equals(JarFile.MANIFEST_NAME)).toList()) {
            out.putNextEntry(new JarEntry(entry.getName()));
            out.write(jar.getInputStream(entry).readAllBytes());
            out.closeEntry();
        }
    }
}
