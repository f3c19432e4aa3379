// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.toy.ToyKernel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The shipped schedulers pass the whole kit. */
class SchedKitTest {
    @TestFactory
    List<DynamicTest> shippedSchedulersPass() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : List.of("4bsd", "m2", "ule", "eevdf", "plain")) {
            SchedulerUnderTest subject = new SchedulerUnderTest(name,
                    name.equals("plain") ? PlainScheduler::new : ToyKernel.variant(name), null);
            for (SchedCheck check : SchedKit.checks()) {
                tests.add(DynamicTest.dynamicTest(name + ": " + check.name(), () -> check.run(subject)));
            }
        }
        return tests;
    }
}
