// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit catches every mutant. */
class MutantsTest {
    @TestFactory
    List<DynamicTest> everyMutantIsCaught() {
        List<DynamicTest> tests = new ArrayList<>();
        Mutants.all().forEach((bug, mutant) -> tests.add(DynamicTest.dynamicTest(bug, () ->
                assertNotNull(killer(new SchedulerUnderTest(bug, mutant, null)), "no check fails with: " + bug))));
        return tests;
    }

    /** The first check that fails, or null. */
    private static String killer(SchedulerUnderTest mutant) {
        for (SchedCheck check : SchedKit.checks()) {
            try {
                check.run(mutant);
            } catch (AssertionError | RuntimeException caught) {
                return check.name() + ": " + caught.getMessage();
            }
        }
        return null;
    }
}
