// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.sched.fourbsd.FourBsd;
import kernel.sched.policy.Scheduler;
import kernel.sched.quirk.SchedQuirk;
import kernel.sched.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hooks of the scheduler the life of processes and LWPs calls, and in which order; what 4bsd makes of them. */
class SchedulerHooksTest {
    private static final int SATURATED = 18 * 2048;

    /** The hooks that are called, by name and tasks, while a program runs under 4bsd. */
    private static List<String> hooks(Set<String> wanted, Consumer<User> main) {
        List<String> calls = new ArrayList<>();
        FourBsd honest = new FourBsd();
        Object recorder = Proxy.newProxyInstance(Scheduler.class.getClassLoader(), new Class<?>[] {Scheduler.class},
                (proxy, method, arguments) -> {
                    if (wanted.contains(method.getName())) {
                        List<Object> tasks = arguments == null ? List.of()
                                : Arrays.stream(arguments).filter(a -> a == null || a instanceof Task).toList();
                        if (!tasks.isEmpty()) {
                            calls.add(method.getName() + " " + String.join(" ", tasks.stream().map(String::valueOf).toList()));
                        }
                    }
                    try {
                        return method.invoke(honest, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.source().add("sched", "recorder", () -> recorder);
            kernel.swap("sched", "recorder");
            kernel.runToEnd(main);
        }
        return calls;
    }

    @Test
    void anLwpIsForkedCollectedAndGone() {
        List<String> calls = hooks(Set.of("forked", "collected", "processExited", "exited"), user -> {
            int child = user.create(in -> in.compute(1_000));
            user.value("_lwp_wait", child, 0);
        });
        assertEquals(List.of("forked null 1.1", "forked 1.1 1.2", "collected 1.1 1.2", "exited 1.2"), calls.subList(0, 4));
    }

    @Test
    void aProcessIsForkedAndChargedToItsParent() {
        List<String> calls = hooks(Set.of("forked", "collected", "processExited", "exited"), user -> {
            int child = user.fork(in -> in.compute(1_000));
            user.value("wait4", child, 0, 0, 0);
        });
        assertEquals(List.of("forked null 1.1", "forked 1.1 2.2", "processExited 1.1 2.2", "exited 2.2"), calls.subList(0, 4));
    }

    @Test
    void anOrphanIsChargedToNobody() {
        List<String> calls = hooks(Set.of("processExited"), user -> {
            int child = user.fork(in -> in.fork(orphan -> orphan.sleep(50_000_000)));
            user.value("wait4", child, 0, 0, 0);
        });
        assertEquals(List.of("processExited 1.1 2.2", "processExited null 1.1", "processExited null 3.3"), calls);
    }

    /** sleepq_enqueue: slept. sleepq_remove: woken, then the CPU is chosen, then runnable, then the queue. */
    @Test
    void aSleepCallsItsHooksInOrder() {
        List<String> calls = hooks(Set.of("slept", "woken", "selectCpu", "runnable", "enqueue", "switchedIn"),
                user -> user.sleep(30_000_000));
        assertEquals("[selectCpu 1.1, runnable 1.1, enqueue 1.1, switchedIn 1.1, slept 1.1, woken 1.1, selectCpu 1.1, "
                + "runnable 1.1, enqueue 1.1, switchedIn 1.1]", calls.toString());
    }

    /** Three saturated LWPs are joined: without a ceiling the joiner sinks to priority 0, and what it makes begins there. */
    @ParameterizedTest
    @CsvSource({"true,110592,0", "false,36864,25"})
    void threeJoinsSinkTheJoiner(boolean quirk, int estimate, int priority) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.kernel().dispatcher().quirks().choose(SchedQuirk.COLLECT_UNCAPPED, quirk);
            kernel.runToEnd(user -> {
                for (int i = 0; i < 3; i++) {
                    int hog = user.create(in -> in.lwp().setEstcpu(SATURATED));
                    user.value("_lwp_wait", hog, 0);
                }
                assertTrue(user.lwp().estcpu() >= estimate && user.lwp().estcpu() < estimate + 2048, "" + user.lwp().estcpu());
                kernel.kernel().dispatcher().nice(user.lwp(), 20);
                int child = user.create(in -> {
                    assertTrue(in.lwp().estcpu() >= estimate, "" + in.lwp().estcpu());
                    assertEquals(priority, in.lwp().priority());
                });
                user.value("_lwp_wait", child, 0);
            });
        }
    }

    /** The parent gets what the child added to what it has inherited, which without any load is forgotten at once. */
    @ParameterizedTest
    @CsvSource({"0,17000", "8,12000"})
    void aChildIsChargedToItsParentOnce(int load, int estimate) {
        try (TestKernel kernel = new TestKernel("1.84", 1)) {
            kernel.kernel().dispatcher().loadAverage().update(load);
            kernel.runToEnd(user -> {
                user.lwp().setEstcpu(5_000);
                int child = user.fork(in -> in.lwp().setEstcpu(in.lwp().estcpu() + 7_000));
                user.value("wait4", child, 0, 0, 0);
                assertEquals(estimate, user.lwp().estcpu());
            });
        }
    }
}
