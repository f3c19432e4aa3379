// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.machine.ResourceUsage;
import kernel.lwp.machine.RusageWords;
import kernel.lwp.proc.ChildWait;
import kernel.lwp.signal.Signal;
import kernel.sched.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** getrusage and the usage that wait4 gives. */
class UsageTest {
    private static final long MS = 1_000_000L;
    private static final long BAD = 8;
    private static final int SELF = 0;
    private static final int CHILDREN = -1;

    private static ResourceUsage usage(User user, int who) {
        long at = user.scratch() + 1024;
        assertEquals(0, user.call("__getrusage50", who, at));
        return usageAt(user, at);
    }

    private static ResourceUsage usageAt(User user, long at) {
        RusageWords words = new RusageWords(user.lwp().proc().processes().wordBits() / Byte.SIZE);
        return words.load(user.bytes(at, words.bytes()));
    }

    /** The run time is exact, what the ticks make of it nearly so. */
    private static void assertBetween(long least, long nanos, long most) {
        assertTrue(least <= nanos && nanos <= most, () -> nanos + " ns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "narrow"})
    void aProcessKnowsWhatItHasUsed(String machine) {
        try (TestKernel kernel = new TestKernel(TestKernel.config("1.84").withMachine(machine))) {
            kernel.runToEnd(user -> {
                user.store(user.scratch() + 1024, 0);
                ResourceUsage before = usage(user, SELF);
                user.compute(30 * MS);
                long at = user.map(5 * 4096);
                for (int page = 0; page < 5; page++) {
                    user.store(at + 4096L * page, 1);
                }
                user.sleep(20 * MS);
                ResourceUsage after = usage(user, SELF);
                assertBetween(29 * MS, after.userNanos() - before.userNanos(), 31 * MS);
                assertEquals(0, after.systemNanos());
                assertEquals(5, after.minorFaults() - before.minorFaults());
                assertEquals(0, after.majorFaults());
                assertEquals(20, after.maxResidentKilobytes() - before.maxResidentKilobytes());
                assertEquals(1, after.voluntarySwitches() - before.voluntarySwitches());
            });
        }
    }

    /** LWPs that are gone count as well as those that live, and what preempts is no gift. */
    @Test
    void theUsageOfAllItsLwpsIsTheProcesses() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                int gone = user.create(child -> child.compute(40 * MS));
                assertEquals(0, user.await(gone));
                user.create(child -> {
                    child.compute(50 * MS);
                    child.sleep(200 * MS);
                });
                user.sleep(100 * MS);
                assertBetween(89 * MS, usage(user, SELF).userNanos(), 91 * MS);
                user.create(child -> child.compute(500 * MS));
                user.compute(500 * MS);
                assertTrue(usage(user, SELF).involuntarySwitches() >= 2);
            });
        }
    }

    @Test
    void signalsThatAreTakenCount() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                user.useStack();
                user.handle(Signal.SIGUSR1, (in, signo, info, context) -> { });
                for (int i = 0; i < 3; i++) {
                    user.raise(Signal.SIGUSR1);
                }
                assertEquals(3, usage(user, SELF).signals());
            });
        }
    }

    /** Where the ticks find it decides: here they always find it in the kernel. */
    @Test
    void timeInTheKernelIsSystemTime() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                for (int i = 0; i < 300; i++) {
                    user.lwp().proc().processes().engine().current().charge(100_000);
                    user.call("_lwp_self");
                }
                ResourceUsage usage = usage(user, SELF);
                assertBetween(25 * MS, usage.userNanos() + usage.systemNanos(), 35 * MS);
                assertTrue(usage.systemNanos() > usage.userNanos(), usage::toString);
            });
        }
    }

    /** A wait gives what the child and its children have used, and adds it to that of the children. */
    @Test
    void aWaitGivesTheUsageOfTheChildAndItsChildren() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            kernel.runToEnd(user -> {
                int pid = user.fork(child -> {
                    int grandchild = child.fork(other -> other.compute(70 * MS));
                    child.compute(20 * MS);
                    child.store(child.map(4096), 1);
                    assertEquals(grandchild, child.value("wait4", grandchild, 0, 0, 0));
                });
                long at = user.scratch() + 1024;
                assertEquals(pid, user.value("wait4", pid, 0, ChildWait.WNOWAIT, at));
                ResourceUsage seen = usageAt(user, at);
                assertBetween(89 * MS, seen.userNanos(), 91 * MS);
                assertTrue(seen.minorFaults() > 0);
                assertEquals(0, usage(user, CHILDREN).userNanos());
                assertEquals(pid, user.value("wait4", pid, 0, 0, at));
                assertEquals(seen, usageAt(user, at));
                assertEquals(seen, usage(user, CHILDREN));
                assertTrue(usage(user, SELF).userNanos() < MS);
            });
        }
    }

    @Test
    void aChildThatOnlyStoppedHasUsedNothing() {
        try (TestKernel kernel = new TestKernel("1.84", 2)) {
            kernel.runToEnd(user -> {
                int pid = user.fork(child -> child.compute(900 * MS));
                user.sleep(20 * MS);
                assertEquals(0, user.call("kill", pid, Signal.SIGSTOP));
                long at = user.scratch() + 1024;
                user.store(at, 99);
                assertEquals(pid, user.value("wait4", pid, 0, ChildWait.WUNTRACED, at));
                assertEquals(ResourceUsage.NONE, usageAt(user, at));
                assertEquals(0, user.call("kill", pid, Signal.SIGKILL));
            });
        }
    }

    /** The status is stored first; the child is gone when the usage cannot be stored. */
    @Test
    void errorsAndTheirOrder() {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.runToEnd(user -> {
                assertEquals(Errno.EINVAL, user.call("__getrusage50", 1, BAD));
                assertEquals(Errno.EFAULT, user.call("__getrusage50", SELF, BAD));
                int pid = user.fork(child -> child.call("exit", 3));
                long at = user.scratch() + 1024;
                assertEquals(Errno.EFAULT, user.call("wait4", pid, at, 0, BAD));
                assertEquals(3 << 8, user.load(at));
                assertEquals(Errno.ECHILD, user.call("wait4", pid, at, 0, at));
            });
        }
    }

    /** What one wait finds out is no other's, however the two interleave. */
    @Test
    void waitsOfTwoProcessesDoNotMix() {
        try (TestKernel kernel = new TestKernel("1.84", 4)) {
            for (int parent = 1; parent <= 3; parent++) {
                int status = parent;
                kernel.spawn(user -> {
                    for (int i = 0; i < 40; i++) {
                        int pid = user.fork(child -> child.call("exit", status));
                        assertEquals(pid, user.value("wait4", pid, user.scratch(), 0, 0));
                        assertEquals(status << 8, user.load(user.scratch()));
                    }
                });
            }
            kernel.run();
            kernel.assertSound();
        }
    }
}
