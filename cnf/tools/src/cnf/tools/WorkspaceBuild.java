// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Project;
import aQute.bnd.build.Workspace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Builds projects in the order of their dependencies. */
final class WorkspaceBuild {
    private final List<Project> projects;
    private final Set<String> failed = new LinkedHashSet<>();

    /** @param names the projects wanted (those they depend on come along); empty means all */
    WorkspaceBuild(Workspace workspace, Collection<String> names) throws Exception {
        Set<Project> wanted = new LinkedHashSet<>();
        for (String name : names) {
            Project project = workspace.getProject(name);
            if (project == null) {
                throw new BuildFailure("no project named %s", name);
            }
            wanted.addAll(project.getDependson());
            wanted.add(project);
        }
        List<Project> order = new ArrayList<>(workspace.getBuildOrder());
        if (!names.isEmpty()) {
            order.retainAll(wanted);
        }
        this.projects = List.copyOf(order);
    }

    List<Project> projects() {
        return projects;
    }

    /** Projects that did not build. */
    Set<String> failed() {
        return failed;
    }

    /**
     * Builds everything it can. After a failure it goes on with the last good bundles of the failed
     * project, so that one broken project does not hide the errors of the others.
     */
    boolean bundles() throws Exception {
        for (Project project : projects) {
            if (!project.isNoBundles()) {
                attempt(project, new ProjectBuild(project)::main);
            }
        }
        return failed.isEmpty();
    }

    /** Builds bundles, plain tests, and the projects that make no bundle. */
    boolean everything() throws Exception {
        bundles();
        for (Project project : projects) {
            ProjectBuild build = new ProjectBuild(project);
            if (project.isNoBundles() && !project.isCnf()) {
                attempt(project, build::main);
            }
            if (!failed.contains(project.getName())) {
                attempt(project, build::tests);
            }
        }
        return failed.isEmpty();
    }

    private interface Step {
        boolean run() throws Exception;
    }

    private void attempt(Project project, Step step) throws Exception {
        boolean ok;
        try {
            ok = step.run();
        } catch (BuildFailure e) {
            Log.info("%s", e.getMessage());
            ok = false;
        }
        if (!ok) {
            failed.add(project.getName());
            Log.info("%s did not build", project.getName());
        }
    }
}
