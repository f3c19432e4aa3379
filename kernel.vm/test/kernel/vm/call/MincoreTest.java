// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import kernel.sched.errno.Errno;
import kernel.vm.object.Quirk;
import kernel.vm.object.VmProfile;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;

/** Residency bytes, holes, and the two defects of the original with and without them. */
class MincoreTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long VECTOR = 0x0300_0800;

    private interface Body {
        void run(TestKernel kernel, TestProcess process);
    }

    private static void with(Body body) {
        try (TestKernel kernel = new TestKernel()) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", VECTOR & -P, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                for (int i = -8; i < 16; i++) {
                    process.poke(VECTOR + i * 8L, 0x5a5a5a5a5a5a5a5aL);
                }
                body.run(kernel, process);
            });
        }
    }

    private static void anon(TestProcess process, long address, long pages, int prot) {
        process.ok("mmap", address, pages * P, prot, MAP_ANON | MAP_FIXED, -1, 0);
    }

    private static String bytes(TestProcess process, int first, int count) {
        byte[] out = new byte[count];
        assertEquals(0, process.memory().copyin(VECTOR + first, out, 0, count));
        StringBuilder text = new StringBuilder();
        for (byte b : out) {
            text.append(text.isEmpty() ? "" : " ").append(Integer.toHexString(b & 0xff));
        }
        return text.toString();
    }

    @Test
    void residency() {
        with((kernel, process) -> {
            anon(process, A, 4, 3);
            process.poke(A + P, 1);
            process.peek(A + 2 * P);
            assertEquals(0, process.call("mincore", A, 4 * P, VECTOR));
            assertEquals("0 1f b 0 5a", bytes(process, 0, 5));
            assertEquals(0, process.call("mincore", A + 5, P, VECTOR), "the offset in the page is cut off");
            assertEquals("0 1f", bytes(process, 0, 2));
        });
    }

    @Test
    void whatOthersDid() {
        with((kernel, process) -> {
            process.ok("mmap", A, P, 3, MAP_ANON | MAP_FIXED | MemorySymbols.MAP_SHARED, -1, 0);
            TestProcess child = process.fork();
            child.poke(A, 1);
            assertEquals(0, process.call("mincore", A, P, VECTOR));
            assertEquals(Integer.toHexString(0x19), bytes(process, 0, 1), "in core, changed and used by others");
            child.exit();
        });
    }

    @Test
    void errors() {
        with((kernel, process) -> {
            anon(process, A, 2, 3);
            assertEquals(Errno.ENOMEM, process.call("mincore", A - P, P, VECTOR), "unmapped");
            assertEquals(Errno.ENOMEM, process.call("mincore", A, -P, VECTOR), "wrap");
            assertEquals(Errno.ENOMEM, process.call("mincore", A, TestKernel.LIMITS.maxAddress(), VECTOR));
            assertEquals(0, process.call("mincore", A, -1, VECTOR), "all numbers round to nothing");
            assertEquals(0, process.call("mincore", A, 0, VECTOR));
            assertEquals("5a", bytes(process, 0, 1), "nothing was stored");
            process.poke(A, 1);
            assertEquals(Errno.EFAULT, process.call("mincore", A, P, -1));
            assertEquals(Errno.EFAULT, process.call("mincore", A, P, 0));
            assertEquals(Errno.ENOMEM, process.call("mincore", A, 3 * P, VECTOR), "hole behind");
        });
    }

    /** [object][no object][object]: the byte of the middle is stored one place too low, over the first one. */
    @Test
    void skippedEntries() {
        with((kernel, process) -> {
            anon(process, A, 1, 3);
            process.ok("minherit", A, P, 0);
            anon(process, A + P, 1, 1);
            anon(process, A + 2 * P, 1, 3);
            process.poke(A, 1);
            process.poke(A + 2 * P, 1);
            process.ok("mprotect", A + P, P, 4);
            assertEquals(0, process.call("mincore", A, 3 * P, VECTOR));
            assertEquals("1f 0 1f", bytes(process, 0, 3));
        });
    }

    @Test
    void storesTooLow() {
        with((kernel, process) -> {
            kernel.vm.context().profile(VmProfile.seed().without(Quirk.MINCORE_TESTS_FIRST_NEIGHBOUR));
            anon(process, A, 3, 3);
            assertEquals(0, process.call("mincore", A, 3 * P, VECTOR));
            assertEquals("0 0 0 5a", bytes(process, -1, 4), "one byte below the vector, the last one missing");
        });
    }

    @Test
    void aHoleBehindTheLastEntryIsMissed() {
        with((kernel, process) -> {
            long high = 0x0400_0000;
            anon(process, high, 1, 3);
            anon(process, high + P, 1, 1);
            assertEquals(Errno.ENOMEM, process.call("mincore", high, 3 * P, VECTOR), "repaired");
            kernel.vm.context().profile(VmProfile.seed());
            assertEquals(0, process.call("mincore", high, 3 * P, VECTOR), "two entries: missed");
            assertEquals(Errno.ENOMEM, process.call("mincore", high + P, 2 * P, VECTOR), "one entry: found");
        });
    }
}
