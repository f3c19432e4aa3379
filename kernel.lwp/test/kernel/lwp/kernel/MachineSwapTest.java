// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import org.junit.jupiter.api.Test;

/** Replacing the machine under running programs. */
class MachineSwapTest {
    private static final long MS = 1_000_000L;
    private static final int MAP_FIXED_PRIVATE_ANON = 0x1012;

    /** Writes numbers, sleeps, and checks them and writes again, many times. */
    private static Proc spawnWriter(TestKernel kernel, int[] rounds) {
        return kernel.spawn(user -> {
            long at = user.map(16 * 4096);
            for (int round = 0; round < 20; round++) {
                for (int page = 0; page < 16; page++) {
                    assertEquals(round == 0 ? 0 : 1000 * (round - 1) + page, user.load(at + 4096L * page));
                    user.store(at + 4096L * page, 1000 * round + page);
                }
                user.sleep(20 * MS);
                rounds[0]++;
            }
        });
    }

    @Test
    void memoryAndRegistersSurvive() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            int[] rounds = new int[1];
            Proc p = spawnWriter(kernel, rounds);
            for (int i = 1; i < 30; i++) {
                kernel.run(RunLimit.until(i * 13 * MS));
                kernel.swap("machine", i % 2 == 0 ? "test" : "small");
                kernel.assertSound();
            }
            kernel.run();
            assertEquals("GONE 0 20", p.state() + " " + p.exitSignal() + " " + rounds[0]);
        }
    }

    @Test
    void addressesThatDoNotFitRefuseTheSwap() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Proc p = kernel.spawn(user -> {
                assertEquals(0, user.call("mmap", 0x40_0000_0000L, 8192, 3, MAP_FIXED_PRIVATE_ANON, -1, 0));
                user.store(0x40_0000_0000L, 7);
                user.sleep(100 * MS);
                assertEquals(7, user.load(0x40_0000_0000L));
            });
            kernel.run(RunLimit.until(50 * MS));
            SwapReport report = kernel.kernel().swap(List.of(new SwapRequest("machine", "small")));
            assertTrue(report.outcome().startsWith("refused") && report.outcome().contains("0x4000000000-0x4000002000"),
                    report.outcome());
            assertEquals("test", kernel.kernel().slots().find("machine").active());
            kernel.assertSound();
            kernel.run();
            assertEquals("GONE 0", p.state() + " " + p.exitSignal());
        }
    }

    @Test
    void memoryOutOfReachRefusesTheSwap() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            SwapReport report = kernel.kernel().swap(List.of(new SwapRequest("machine", "shallow")));
            assertTrue(report.outcome().startsWith("refused: machine shallow reaches 1048576 bytes of memory"),
                    report.outcome());
            assertEquals("test", kernel.kernel().slots().find("machine").active());
        }
    }

    @Test
    void severalSlotsSwapTogetherOrNotAtAll() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            int[] rounds = new int[1];
            Proc p = spawnWriter(kernel, rounds);
            kernel.run(RunLimit.until(50 * MS));
            List<SwapRequest> all = List.of(new SwapRequest("lwp", "1.47"), new SwapRequest("machine", "small"),
                    new SwapRequest("sched", "4bsd"));
            assertEquals(SwapReport.COMMITTED, kernel.kernel().swap(all).outcome());
            List<SwapRequest> half = List.of(new SwapRequest("machine", "test"), new SwapRequest("lwp", "nope"));
            assertTrue(!kernel.kernel().swap(half).committed());
            assertEquals("small", kernel.kernel().slots().find("machine").active());
            kernel.run();
            assertEquals("GONE 0 20", p.state() + " " + p.exitSignal() + " " + rounds[0]);
        }
    }

    @Test
    void aVacantSlotStopsTheKernelUntilItIsFilled() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            int[] rounds = new int[1];
            Proc p = spawnWriter(kernel, rounds);
            kernel.run(RunLimit.until(50 * MS));
            assertTrue(kernel.kernel().replace("machine", List.of()).join().committed());
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.HALTED, outcome.reason());
            assertTrue(outcome.message().contains("kernel.slot=machine"), outcome.message());
            kernel.assertSound();
            assertTrue(kernel.kernel().offer("machine", "small").join().committed());
            kernel.run();
            assertEquals("GONE 0 20", p.state() + " " + p.exitSignal() + " " + rounds[0]);
        }
    }

    @Test
    void aReturningVariantIsTakenOnlyIfItWasChosen() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            assertEquals(null, kernel.kernel().offer("machine", "small").join());
            kernel.kernel().replace("machine", List.of("small")).join();
            assertEquals("small", kernel.kernel().slots().find("machine").active());
            assertTrue(kernel.kernel().wants("machine", "test"));
            assertTrue(kernel.kernel().offer("machine", "test").join().committed());
            assertEquals("test", kernel.kernel().slots().find("machine").active());
        }
    }
}
