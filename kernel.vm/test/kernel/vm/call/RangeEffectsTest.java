// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.sched.errno.Errno;
import kernel.vm.object.VmProfile;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;

/** What calls on ranges do beside their result: marks, releases, diagnoses. */
class RangeEffectsTest {
    private static final long P = 4096;
    private static final long A = 0x0100_0000;

    private interface Body {
        void run(TestProcess process);
    }

    private static void withMap(Body body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", A, 4 * P, 3, MAP_ANON | MAP_FIXED | MAP_PRIVATE, -1, 0);
                body.run(process);
                process.exit();
                assertEquals(0, kernel.pagesInUse(), "pages left");
            });
        }
    }

    @Test
    void invalidatingLockedMemoryIsRefused() {
        withMap(process -> {
            process.ok("mlock", A, P);
            assertEquals(Errno.EBUSY, process.call("msync", A, P, MemorySymbols.MS_INVALIDATE));
            process.ok("munlock", A, P);
            assertEquals(0, process.call("msync", A, P, MemorySymbols.MS_INVALIDATE));
        });
    }

    @Test
    void protectMarksTheProcess() {
        withMap(process -> {
            process.ok("madvise", 0, 0, MemorySymbols.MADV_PROTECT);
            assertTrue(process.immortal);
        });
    }

    @Test
    void hazardsAreDiagnosed() {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                kernel.vm.context().profile(VmProfile.seed());
                TestProcess process = kernel.process();
                process.ok("mmap", A, 4 * P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                assertEquals(0, process.call("msync", A, P, 0));
                assertTrue(kernel.vm.context().lastHazard().contains("msync"), "the endless walk is named");
                assertEquals(0, process.call("mlock", A + P, 0));
                assertTrue(kernel.vm.context().lastHazard().contains("mlock"), "the endless transition is named");
                process.ok("mmap", A + 8 * P, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                assertEquals(Errno.EINVAL, process.call("msync", A + 8 * P, P, 0), "a hole lower down is found");
                process.exit();
            });
        }
    }
}
