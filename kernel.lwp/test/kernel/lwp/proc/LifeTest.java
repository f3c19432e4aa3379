// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.lwp.fixture.TestKernel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeTest {
    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aProcessRunsAndEnds(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 1)) {
            int[] self = new int[1];
            kernel.runToEnd(user -> self[0] = (int) user.value("_lwp_self"));
            assertEquals(1, self[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aCreatedLwpRunsAndIsWaitedFor(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            long[] seen = new long[3];
            kernel.runToEnd(user -> {
                int lid = user.create(child -> {
                    seen[0] = child.value("_lwp_self");
                    seen[1] = child.argument();
                }, 77, 0);
                assertEquals(0, user.call("_lwp_wait", lid, user.scratch() + 512));
                seen[2] = user.load(user.scratch() + 512);
                assertEquals(lid, seen[0]);
            });
            assertEquals(77, seen[1]);
            assertEquals(seen[0], seen[2]);
        }
    }
}
