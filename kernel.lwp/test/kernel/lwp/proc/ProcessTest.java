// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.signal.Signal;
import kernel.lwp.kernel.KernelConfig;
import kernel.sched.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes: fork, exit, wait, and what is left behind. */
class ProcessTest {
    private static final long MS = 1_000_000L;

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void aForkedChildHasACopyOfMemory(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            kernel.runToEnd(user -> {
                long at = user.map(4096);
                user.store(at, 5);
                int pid = user.fork(child -> {
                    assertEquals(5, child.load(at));
                    child.store(at, 6);
                    child.call("exit", child.load(at));
                });
                assertEquals(pid, user.value("wait4", pid, at + 64, 0));
                assertEquals(6 << 8, user.load(at + 64));
                assertEquals(5, user.load(at));
                assertEquals(Errno.ECHILD, user.call("wait4", -1, 0, 0));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void waitingBlocksUntilAChildExits(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            kernel.runToEnd(user -> {
                int first = user.fork(child -> child.sleep(200 * MS));
                int second = user.fork(child -> child.load(0xdead_0000L));
                assertEquals(0, user.value("wait4", first, 0, 1));
                assertEquals(second, user.value("wait4", -1, user.scratch(), 0));
                assertEquals(Signal.SIGSEGV | ChildWait.COREFLAG, user.load(user.scratch()));
                assertEquals(first, user.value("wait4", -1, user.scratch(), 0));
                assertEquals(Errno.ECHILD, user.call("wait4", first, 0, 0));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void theLastLwpEndsTheProcess(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 2)) {
            boolean[] done = new boolean[1];
            Proc p = kernel.spawn(user -> {
                user.create(child -> {
                    child.sleep(100 * MS);
                    done[0] = true;
                });
                user.call("_lwp_exit");
                throw new AssertionError("_lwp_exit returned");
            });
            kernel.run();
            assertTrue(done[0]);
            assertEquals("GONE 0", p.state() + " " + p.exitStatus());
            kernel.assertSound();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.47", "1.76.2.1", "1.84"})
    void exitingTwiceAtOnceEndsOnce(String lwp) {
        try (TestKernel kernel = new TestKernel(lwp, 4)) {
            Proc p = kernel.spawn(user -> {
                for (int i = 1; i < 8; i++) {
                    int status = i;
                    user.create(child -> {
                        child.compute(5 * MS);
                        child.call("exit", status);
                    });
                }
                user.compute(5 * MS);
                user.call("exit", 9);
            });
            kernel.run();
            assertEquals(Proc.State.GONE, p.state());
            assertTrue(p.exitStatus() > 0 && p.exitStatus() < 10);
            kernel.assertSound();
        }
    }

    @Test
    void nothingIsLeftBehind() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            int free = kernel.kernel().vm().pages().free().size();
            for (int i = 0; i < 5; i++) {
                kernel.runToEnd(user -> {
                    long at = user.map(1 << 20);
                    for (int page = 0; page < 256; page++) {
                        user.store(at + 4096L * page, page);
                    }
                    user.fork(child -> child.store(at, 1));
                    user.create(child -> child.park(0));
                    user.sleep(20 * MS);
                    user.call("exit", 0);
                });
            }
            assertEquals(free, kernel.kernel().vm().pages().free().size());
            assertEquals(0, kernel.kernel().processes().table().size());
            assertEquals(0, kernel.kernel().dispatcher().taskCount());
            assertEquals(0, kernel.kernel().vm().spaces().count());
        }
    }

    @Test
    void observersSeeEveryExit() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            List<String> seen = new ArrayList<>();
            kernel.kernel().processes().observer(new ProcessObserver() {
                @Override
                public void lwpExited(Lwp lwp) {
                    seen.add(lwp.label() + " ran " + (lwp.accounting().runNanos() >= 0));
                }

                @Override
                public void procExited(Proc proc) {
                    seen.add(proc + " " + proc.exitStatus());
                }
            });
            kernel.spawn(user -> {
                user.create(child -> { });
                user.sleep(50 * MS);
                user.call("exit", 3);
            });
            kernel.run();
            assertEquals(List.of("1.2 ran true", "1.1 ran true", "test[1] 3"), seen);
        }
    }

    @Test
    void manyLwpsParkAndWake() {
        int count = 20_000;
        KernelConfig config = TestKernel.config("1.84").withCpus(2);
        try (TestKernel kernel = new TestKernel(config)) {
            int[] woken = new int[1];
            kernel.runToEnd(user -> {
                long list = user.map(4L * count);
                for (int i = 0; i < count; i++) {
                    user.store(list + 4L * i, user.createDetached(child -> {
                        child.park(0x1234);
                        woken[0]++;
                    }));
                }
                user.sleep(100 * MS);
                assertEquals(count + 1, user.lwp().proc().lwpCount());
                for (int i = 0; i < count; i += 1000) {
                    assertEquals(0, user.call("_lwp_unpark_all", list + 4L * i, 1000, 0x1234));
                }
                user.sleep(1000 * MS);
            });
            assertEquals(count, woken[0]);
        }
    }
}
