// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;

/** Replacing the map index while processes map, unmap and fault. */
class MapIndexSwapTest {
    private static final long STEP = 37_000;
    private static final int MAPPINGS = 40;
    private static final int ROUNDS = 6;
    private static final List<String> KINDS = List.of("chunks", "rbtree", "splay");

    /** Maps pages with gaps in between, fills them, unmaps every other one, checks the rest. */
    private static Proc spawnMapper(TestKernel kernel, int[] rounds) {
        return kernel.spawn(user -> {
            for (int round = 0; round < ROUNDS; round++) {
                long[] at = new long[MAPPINGS];
                for (int i = 0; i < MAPPINGS; i++) {
                    at[i] = user.map(2 * 4096);
                    user.store(at[i], 100 * round + i);
                    assertEquals(0, user.call("munmap", at[i] + 4096, 4096));
                }
                for (int i = 0; i < MAPPINGS; i += 2) {
                    assertEquals(0, user.call("munmap", at[i], 4096));
                }
                for (int i = 1; i < MAPPINGS; i += 2) {
                    assertEquals(100 * round + i, user.load(at[i]));
                    assertEquals(0, user.call("munmap", at[i], 4096));
                }
                rounds[0]++;
            }
        });
    }

    @Test
    void entriesSurvive() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            int[] rounds = new int[1];
            Proc first = spawnMapper(kernel, rounds);
            Proc second = spawnMapper(kernel, rounds);
            for (int i = 1; i < 60; i++) {
                kernel.run(RunLimit.until(i * STEP));
                kernel.swap("mapindex", KINDS.get(i % KINDS.size()));
                kernel.assertSound();
            }
            kernel.run();
            assertEquals("GONE 0 GONE 0 " + 2 * ROUNDS, first.state() + " " + first.exitSignal() + " "
                    + second.state() + " " + second.exitSignal() + " " + rounds[0]);
            assertEquals(KINDS.get(59 % KINDS.size()), kernel.kernel().vm().spaces().index().name());
        }
    }
}
