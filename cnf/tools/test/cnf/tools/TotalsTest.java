// SPDX-License-Identifier: BSD-2-Clause
package cnf.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TotalsTest {
    @TempDir
    Path folder;

    @Test
    void addsUpAllReports() throws IOException {
        report("a/one.xml", "<testsuite tests='5' failures='1' errors='1' skipped='1'/>");
        report("b/two.xml", "<testsuites><testsuite tests='2' failures='0'/><testsuite tests='1'/></testsuites>");
        assertEquals("5 passed, 2 failed, 1 skipped", Totals.read(folder).toString());
    }

    @Test
    void isZeroWithoutReports() throws IOException {
        assertEquals(new Totals(0, 0, 0), Totals.read(folder.resolve("missing")));
    }

    @Test
    void namesAReportThatWasCutOff() throws IOException {
        report("cut.xml", "<testsuite tests='5'>");
        BuildFailure failure = assertThrows(BuildFailure.class, () -> Totals.read(folder));
        assertEquals(folder.resolve("cut.xml").toString(), failure.getMessage().split(" ")[0]);
    }

    private void report(String name, String xml) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, xml);
    }
}
