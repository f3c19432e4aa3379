// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import aQute.bnd.build.ProjectTester;
import biz.aQute.resolve.Bndrun;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the tests of a {@code .bndrun} inside a framework, in a JVM of its own. */
final class ContainerTests {
    private ContainerTests() {
    }

    /** Returns whether the JVM ended well; what failed is in the reports. */
    static boolean run(Bndrun run, Path reports) throws Exception {
        Files.createDirectories(reports);
        ProjectTester tester = run.getProjectTester();
        tester.setReportDir(reports.toFile());
        tester.prepare();
        if (!Log.report(run)) {
            return false;
        }
        int status = tester.test();
        return Log.report(run) && status == 0 && !Trees.files(reports, ".xml").isEmpty();
    }
}
