// SPDX-License-Identifier: BSD-2-Clause
package userland.core.machine;

import java.util.stream.Stream;
import kernel.lwp.tck.ContextKit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance kit of register contexts on every shipped machine. */
class ContextKitTest {
    @TestFactory
    Stream<DynamicTest> passesTheKit() {
        return Machines.names().stream().flatMap(name -> ContextKit.checks().stream().map(check ->
                DynamicTest.dynamicTest(name + ": " + check.name(), () -> check.run(Machines.of(name)))));
    }
}
