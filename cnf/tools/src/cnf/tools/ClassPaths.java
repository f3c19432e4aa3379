// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.Container;
import aQute.bnd.build.Project;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Turns bnd's path entries into files. */
final class ClassPaths {
    private ClassPaths() {
    }

    /** As the compiler sees it: of other projects only the bundles named in the path. */
    static Set<Path> files(Project project, Collection<Container> path) throws Exception {
        Set<Path> files = new LinkedHashSet<>();
        for (Container entry : Container.flatten(path)) {
            if (entry.getError() != null) {
                throw new BuildFailure(
                        "%s: %s: %s", project.getName(), entry.getBundleSymbolicName(), entry.getError());
            }
            files.add(entry.getFile().toPath());
        }
        return files;
    }

    static Set<Path> main(Project project) throws Exception {
        return files(project, project.getBuildpath());
    }

    static Set<Path> test(Project project) throws Exception {
        Set<Path> files = new LinkedHashSet<>();
        files.add(project.getOutput().toPath());
        files.addAll(main(project));
        files.addAll(files(project, project.getTestpath()));
        return files;
    }
}
