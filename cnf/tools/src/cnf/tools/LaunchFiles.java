// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.ProjectLauncher;
import biz.aQute.resolve.Bndrun;
import java.io.File;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Writes what is needed to start a {@code .bndrun} without the driver: {@code launch.properties} for bnd's
 * launcher and {@code launch.args}, an argument file for {@code java}.
 *
 * <p>bnd can start the JVM itself, but then puts pipes between it and the terminal.
 */
final class LaunchFiles {
    /** bnd's launcher itself; bnd would start it through a class loader of its own, which no AOT cache can hold. */
    private static final String MAIN_CLASS = "aQute.launcher.Launcher";
    private static final String STORAGE = "launch.storage.dir";

    private final Path properties;
    private final Path arguments;

    LaunchFiles(Path folder) {
        this.properties = folder.resolve("launch.properties");
        this.arguments = folder.resolve("launch.args");
    }

    boolean write(Bndrun run) throws Exception {
        ProjectLauncher launcher = run.getProjectLauncher();
        launcher.prepare();
        Path made = launcherProperties(launcher);
        if (!Log.report(run) || !Log.report(launcher)) {
            return false;
        }
        writeProperties(made);
        writeArguments(launcher);
        launcher.cleanup();
        return true;
    }

    /** bnd writes the properties to a file of its own choice, and names that in an option for the JVM. */
    private static Path launcherProperties(ProjectLauncher launcher) {
        String option = "-Dlauncher.properties=";
        return launcher.getRunVM().stream()
                .filter(o -> o.startsWith(option))
                .map(o -> Path.of(o.substring(option.length()).replace("\"", "")))
                .findFirst()
                .orElseThrow();
    }

    private void writeProperties(Path made) throws Exception {
        Properties content = new Properties();
        try (Reader in = Files.newBufferedReader(made)) {
            content.load(in);
        }
        // Without a folder each JVM makes, and removes, its own: several can run at the same time.
        content.remove(STORAGE);
        Files.createDirectories(properties.getParent());
        // A running launcher takes a newer file as the order to update its bundles; that is for
        // ./kw hot to give.
        FileTime before = Files.exists(properties) ? Files.getLastModifiedTime(properties) : null;
        try (Writer out = Files.newBufferedWriter(properties)) {
            content.store(out, null);
        }
        if (before != null) {
            Files.setLastModifiedTime(properties, before);
        }
    }

    private void writeArguments(ProjectLauncher launcher) throws Exception {
        List<String> words = new ArrayList<>();
        for (String option : launcher.getRunVM()) {
            if (!option.startsWith("-Dlauncher.")) {
                words.add(option);
            }
        }
        words.add("-Dlauncher.properties=" + properties);
        words.add("-cp");
        words.add(String.join(File.pathSeparator, launcher.getRunpath()));
        words.add(MAIN_CLASS);
        Files.write(arguments, words.stream().map(LaunchFiles::quote).toList());
    }

    /** As {@code java} reads its argument files. */
    static String quote(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
