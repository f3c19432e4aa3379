// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import kernel.sched.task.TaskState;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replacing the LWP revision under running programs. */
class RevisionSwapTest {
    private static final long MS = 1_000_000L;
    private static final List<String> REVISIONS = List.of("1.47", "1.76.2.1", "1.84");

    @ParameterizedTest
    @CsvSource({
        "1.47, 1.76.2.1", "1.47, 1.84", "1.76.2.1, 1.47", "1.76.2.1, 1.84", "1.84, 1.47", "1.84, 1.76.2.1",
    })
    void everyParkedLwpCrossesAndWakes(String lwp, String next) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            int count = 40;
            int[] results = new int[count];
            Proc p = kernel.spawn(user -> {
                for (int i = 0; i < count; i++) {
                    int index = i;
                    results[i] = -1;
                    user.create(child -> results[index] = parkKept(child, lwp, 0x100 * (index % 7)), 0, 0);
                }
                user.sleep(1000 * MS);
                List<Integer> lids = new ArrayList<>();
                user.lwp().proc().forEachLwp(l -> lids.add(l.lid()));
                for (int lid : lids) {
                    if (lid != user.lwp().lid()) {
                        assertEquals(0, user.unpark(lid, 0));
                        assertEquals(0, user.await(lid));
                    }
                }
            });
            kernel.run(RunLimit.until(500 * MS));
            SwapReport report = kernel.swap("lwp", next);
            assertEquals(count, report.changes().get(0).moved());
            kernel.assertSound();
            kernel.run();
            assertEquals(Proc.State.GONE, p.state());
            for (int result : results) {
                assertEquals(0, result);
            }
        }
    }

    /** Parks with the call that the process has kept from its start. */
    private static int parkKept(User user, String born, long hint) {
        return born.equals("1.47") ? user.call("___lwp_park50", 0, 0, hint, 0)
                : user.call("___lwp_park60", 3, 0, 0, 0, hint, 0);
    }

    /** A timeout that runs goes on across the swap, and what is left is said by the call, not the revision. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void aTimeoutCrosses(long unparkAfterwards) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            int[] result = {-1};
            long[] left = new long[1];
            Proc p = kernel.spawn(user -> {
                long at = user.timespec(256, 200 * MS);
                result[0] = user.call("___lwp_park60", 3, 0, at, 0, 0, 0);
                left[0] = user.timeAt(at);
            });
            kernel.run(RunLimit.until(100 * MS));
            kernel.swap("lwp", "1.47");
            if (unparkAfterwards != 0) {
                kernel.kernel().ask(engine -> kernel.kernel().processes().revision().unpark(p, 1, 0, true));
            }
            kernel.run();
            assertEquals(unparkAfterwards == 0 ? Errno.ETIMEDOUT : 0, result[0]);
            assertTrue(unparkAfterwards == 0 ? left[0] == 0 : left[0] > 95 * MS && left[0] < 101 * MS,
                    () -> "left " + left[0]);
        }
    }

    @Test
    void aProcessKeepsTheCallsItStartedWith() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            int[] seen = new int[4];
            kernel.spawn(user -> {
                user.sleep(100 * MS);
                long at = user.timespec(256, 20 * MS);
                seen[0] = user.call("___lwp_park60", 3, 0, at, 0, 0, 0);
                seen[1] = user.call("___lwp_park50", at, 0, 0, 0);
            });
            kernel.run(RunLimit.until(50 * MS));
            kernel.swap("lwp", "1.47");
            kernel.spawn(user -> {
                seen[2] = user.call("___lwp_park60", 3, 0, 0, 0, 0, 0);
                seen[3] = user.call("___lwp_park50", user.timespec(256, 1), 0, 0, 0);
            });
            kernel.run();
            assertEquals(List.of(Errno.ETIMEDOUT, Errno.ETIMEDOUT, Errno.ENOSYS, Errno.ETIMEDOUT),
                    List.of(seen[0], seen[1], seen[2], seen[3]));
        }
    }

    @Test
    void newIdsAvoidThoseOfTheOtherRevision() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            Proc p = kernel.spawn(user -> {
                for (int i = 0; i < 30; i++) {
                    user.create(child -> child.sleep(600 * MS));
                    user.sleep(20 * MS);
                }
            });
            for (int i = 1; i < 20; i++) {
                kernel.run(RunLimit.until(i * 50 * MS));
                kernel.swap("lwp", REVISIONS.get(i % 3));
                kernel.assertSound();
            }
            kernel.kernel().kill(p.pid(), 9);
            kernel.run();
            kernel.assertSound();
            assertEquals(Proc.State.GONE, p.state());
        }
    }

    @Test
    void aVacantSlotStopsTheKernelUntilItIsFilled() {
        try (TestKernel kernel = new TestKernel("1.47", 1)) {
            int[] result = {-1};
            Proc p = kernel.spawn(user -> {
                int a = user.create(child -> result[0] = child.park(8));
                user.sleep(200 * MS);
                user.unpark(a, 8);
                user.await(a);
            });
            kernel.run(RunLimit.until(100 * MS));
            SwapReport report = kernel.kernel().replace("lwp", List.of("none")).join();
            assertTrue(report.committed());
            RunOutcome outcome = kernel.run();
            assertEquals(RunOutcome.Reason.HALTED, outcome.reason());
            assertTrue(outcome.message().contains("kernel.slot=lwp"), outcome.message());
            kernel.assertSound();
            assertNull(kernel.kernel().slots().find("lwp").active());
            assertTrue(kernel.kernel().offer("lwp", "1.84").join().committed());
            kernel.run();
            assertEquals(0, result[0]);
            assertEquals(Proc.State.GONE, p.state());
        }
    }

    @Test
    void anUnknownVariantChangesNothing() {
        try (TestKernel kernel = new TestKernel("1.47", 1)) {
            SwapReport report = kernel.kernel().swap(List.of(new SwapRequest("lwp", "9.99")));
            assertTrue(!report.committed() && report.outcome().contains("9.99"), report.outcome());
            assertEquals("1.47", kernel.kernel().slots().find("lwp").active());
            assertEquals("1.47", kernel.kernel().choices().chosen("lwp"));
        }
    }

    /** Random programs, swapped at random events; the rules hold after each, and nothing is lost. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1.84", "2, 1, 1.76.2.1", "3, 2, 1.84", "4, 2, 1.47", "5, 3, 1.76.2.1", "6, 4, 1.84"})
    void nothingIsLostAtAnyEvent(long seed, int cpus, String born) {
        KernelConfig config = TestKernel.config(born).withCpus(cpus).withSeed(seed);
        try (TestKernel kernel = new TestKernel(config)) {
            Random random = new Random(seed);
            Proc p = kernel.spawn(user -> new RandomProgram(new Random(seed), born).run(user));
            Proc q = kernel.spawn(user -> new RandomProgram(new Random(~seed), born).run(user));
            Set<String> seen = new TreeSet<>();
            boolean goesOn;
            int step = 0;
            do {
                RunOutcome outcome = kernel.run(RunLimit.events(1 + random.nextInt(25)));
                boolean stopped = p.state() == Proc.State.STOPPED;
                goesOn = outcome.reason() == RunOutcome.Reason.LIMIT || stopped;
                kernel.assertSound();
                p.forEachLwp(l -> noteState(l, seen));
                step++;
                kernel.swap("lwp", another(kernel, random));
                kernel.assertSound();
                if (stopped || random.nextInt(30) == 0) {
                    kernel.kernel().kill(p.pid(), stopped ? Signal.SIGCONT : Signal.SIGSTOP);
                    kernel.assertSound();
                }
            } while (goesOn && step < 4000);
            kernel.kernel().kill(p.pid(), Signal.SIGCONT);
            kernel.run();
            assertEquals(Set.of("parked", "parked with timeout", "parked and stopped", "unpark pending", "waiting",
                    "LSSUSPENDED", "LSSTOP", "LSZOMB", "detached"), seen);
            assertEquals("GONE 0 0, GONE 0 0", p.state() + " " + p.exitStatus() + " " + p.exitSignal() + ", "
                    + q.state() + " " + q.exitStatus() + " " + q.exitSignal());
            assertTrue(step > 20, "only " + step + " swaps took place");
        }
    }

    /** What the LWP is in while the revision is replaced. */
    private static void noteState(Lwp l, Set<String> seen) {
        boolean stopped = l.state() == TaskState.LSSTOP;
        if (l.parked()) {
            seen.add(stopped ? "parked and stopped" : l.wakeAtTick() < 0 ? "parked" : "parked with timeout");
        } else if (stopped || l.state() == TaskState.LSSUSPENDED || l.state() == TaskState.LSZOMB) {
            seen.add(l.state().name());
        }
        if ((l.flags() & LwpFlag.LW_UNPARKED) != 0) {
            seen.add("unpark pending");
        }
        if (l.waitingFor() != 0) {
            seen.add("waiting");
        }
        if (l.detached()) {
            seen.add("detached");
        }
    }

    private static String another(TestKernel kernel, Random random) {
        int active = REVISIONS.indexOf(kernel.kernel().slots().find("lwp").active());
        return REVISIONS.get((active + 1 + random.nextInt(2)) % 3);
    }

    /** The same run has the same hash, swaps and all. */
    @Test
    void swapsAreDeterministic() {
        assertEquals(hashOfSwappedRun(), hashOfSwappedRun());
    }

    private static long hashOfSwappedRun() {
        try (TestKernel kernel = new TestKernel(TestKernel.config("1.84").withCpus(3).withSeed(17))) {
            kernel.spawn(user -> new RandomProgram(new Random(4), "1.84").run(user));
            for (int i = 1; i < 10; i++) {
                kernel.run(RunLimit.until(i * 7 * MS));
                kernel.swap("lwp", REVISIONS.get(i % 3));
            }
            kernel.run();
            return kernel.kernel().engine().events().hash();
        }
    }

    @Test
    void everyLwpIsDoneWhenTheFirstOneExits() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            Proc p = kernel.spawn(user -> {
                for (int i = 0; i < 10; i++) {
                    user.create(child -> child.park(3), 0, i % 2 == 0 ? LwpFlag.LWP_DETACHED : 0);
                }
                user.sleep(100 * MS);
                user.call("exit", 5);
            });
            kernel.run(RunLimit.until(50 * MS));
            kernel.swap("lwp", "1.47");
            kernel.run();
            assertEquals("GONE 5", p.state() + " " + p.exitStatus());
            List<Lwp> left = new ArrayList<>();
            kernel.kernel().processes().forEachLwp(left::add);
            assertEquals(List.of(), left);
        }
    }
}
