// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.vm.map.VmInherit;
import kernel.vm.map.VmMapEntry;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldCallsTest {
    private static final long A = 0x0200_0000;
    private static final int ANON_FIXED = 0x102;

    private interface Body {
        void run(TestProcess process);
    }

    private static void with(Body body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> body.run(kernel.process()));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 4", "2, 2", "3, 6", "4, 1", "5, 5", "6, 3", "7, 7", "0xf8, 0"})
    void protectionsAreInTheOtherOrder(String old, int protection) {
        with(process -> {
            process.ok("ommap", A, 4096, Integer.decode(old), ANON_FIXED, -1, 0);
            assertEquals(protection, process.entry(A).protection());
        });
    }

    @ParameterizedTest
    @CsvSource({"0x102, 1", "0x112, 0", "0x132, 0", "0x122, 1"})
    void withoutSharedItIsPrivate(String flags, int inheritance) {
        with(process -> {
            process.ok("ommap", A, 4096, 6, Integer.decode(flags), -1, 0);
            VmMapEntry entry = process.entry(A);
            assertEquals(inheritance == 0 ? VmInherit.SHARE : VmInherit.COPY, entry.inheritance());
        });
    }
}
