// SPDX-License-Identifier: BSD-2-Clause
package shell.command.machine;

import kernel.vm.tck.PmapCheck;
import kernel.vm.tck.PmapUnderTest;

/** What came of one check of the conformance kit. */
record CheckRow(String result, String check, String reason) {
    static CheckRow of(PmapCheck check, PmapUnderTest machine) {
        try {
            check.run(machine);
            return new CheckRow("passed", check.name(), "");
        } catch (AssertionError | RuntimeException failed) {
            return new CheckRow("FAILED", check.name(), String.valueOf(failed.getMessage()));
        }
    }

    boolean passed() {
        return result.equals("passed");
    }
}
