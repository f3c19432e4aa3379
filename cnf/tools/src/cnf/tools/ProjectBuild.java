// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Project;
import aQute.bnd.header.Parameters;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Compiles one project and packs its bundles; does nothing when nothing changed. */
final class ProjectBuild {
    /** Names a class path of annotation processors in a project's bnd.bnd. */
    private static final String PROCESSOR_PATH = "-processorpath";

    private final Project project;
    private final Path output;
    private final Path testOutput;
    private final Path testSource;
    private final Path target;
    private final Javac javac;

    ProjectBuild(Project project) throws Exception {
        this.project = project;
        this.output = project.getOutput().toPath();
        this.testOutput = project.getTestOutput().toPath();
        this.testSource = project.getTestSrc().toPath();
        this.target = project.getTarget().toPath();
        this.javac = new Javac(new Parameters(project.getProperty("javac.options")).keyList());
    }

    /** Returns whether the project is now up to date. */
    boolean main() throws Exception {
        project.prepare();
        if (!Log.report(project)) {
            return false;
        }
        Set<Path> classPath = ClassPaths.main(project);
        Stamp stamp = new Stamp(target.resolve(".built"));
        if (!stamp.olderThan(Math.max(newestInput(), newest(classPath)))) {
            return true;
        }
        long started = System.currentTimeMillis();
        List<Path> sources = project.getSourcePath().stream().map(File::toPath).toList();
        if (!javac.compile(sources, output, classPath, processors()) || !pack(started)) {
            return false;
        }
        stamp.set(started);
        return true;
    }

    /** Compiles the plain tests. Call after {@link #main()}. */
    boolean tests() throws Exception {
        Set<Path> classPath = ClassPaths.test(project);
        Stamp stamp = new Stamp(target.resolve(".tests-built"));
        long newest = Math.max(Trees.newest(testSource, List.of()), newest(classPath));
        newest = Math.max(newest, Trees.newest(output, List.of()));
        if (!stamp.olderThan(newest)) {
            return true;
        }
        long started = System.currentTimeMillis();
        if (!javac.compile(List.of(testSource), testOutput, classPath, List.of())) {
            return false;
        }
        stamp.set(started);
        return true;
    }

    private boolean pack(long started) throws Exception {
        if (project.isNoBundles()) {
            Log.info("built %s in %d ms", project.getName(), System.currentTimeMillis() - started);
            return true;
        }
        KeptJars kept = new KeptJars(target);
        project.setChanged();
        Files.createDirectories(target);
        // bnd trusts this list of an earlier build more than our word that something changed.
        Files.deleteIfExists(target.resolve("buildfiles"));
        File[] jars = project.build();
        if (!Log.report(project) || jars == null) {
            return false;
        }
        int changed = kept.restoreTimes(jars);
        Log.info("built %s: %d of %d bundles changed, in %d ms",
                project.getName(), changed, jars.length, System.currentTimeMillis() - started);
        return true;
    }

    private Collection<Path> processors() throws Exception {
        return ClassPaths.files(project, project.getBundles(
                aQute.bnd.service.Strategy.HIGHEST, project.getProperty(PROCESSOR_PATH), PROCESSOR_PATH));
    }

    /** Every file of the project but its outputs and tests: sources, bnd files, included resources. */
    private long newestInput() throws IOException {
        List<Path> except = new ArrayList<>(List.of(output, testOutput, testSource, target));
        for (Path run : Trees.files(project.getBase().toPath(), ".bndrun")) {
            except.add(run);
        }
        long newest = Trees.newest(project.getBase().toPath(), except);
        return Math.max(newest, project.getWorkspace().lastModified());
    }

    private static long newest(Collection<Path> classPath) throws IOException {
        long newest = 0;
        for (Path entry : classPath) {
            if (Files.isRegularFile(entry)) {
                newest = Math.max(newest, Files.getLastModifiedTime(entry).toMillis());
            }
        }
        return newest;
    }
}
