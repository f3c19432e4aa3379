// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.task.CpuState;
import kernel.sched.task.SchedClass;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.Test;

/** lwp_migrate, lwp_changepri and lwp_lendpri for tasks in queues; a hog of priority 43 runs on each CPU. */
class WakerTest {
    private static final long MS = 1_000_000;

    private static ToyKernel busy(int cpus) {
        ToyKernel kernel = new ToyKernel(cpus, 1).checked();
        for (int i = 0; i < cpus; i++) {
            ToyTask hog = kernel.make(() -> kernel.compute(1_000 * MS));
            hog.setCpu(kernel.dispatcher.cpu(i));
            hog.setBound(true);
            kernel.dispatcher.setRunnable(hog);
        }
        kernel.runUntil(MS);
        return kernel;
    }

    /** A task that waits on the first CPU, where it is bound. */
    private static ToyTask queued(ToyKernel kernel, int priority) {
        ToyTask task = kernel.make(() -> kernel.compute(MS));
        task.setPriority(priority);
        task.setBound(true);
        kernel.dispatcher.setRunnable(task);
        return task;
    }

    private static List<String> queue(ToyKernel kernel, int cpu) {
        List<String> seen = new ArrayList<>();
        kernel.dispatcher.forEachQueued(kernel.dispatcher.cpu(cpu), task -> seen.add(task.label()));
        return seen;
    }

    @Test
    void onlyABetterTaskThatMigratesHasTheOtherCpuGiveWay() {
        try (ToyKernel kernel = busy(2)) {
            ToyTask equal = queued(kernel, 43);
            kernel.dispatcher.unbind(equal);
            kernel.dispatcher.migrate(equal, kernel.dispatcher.cpu(1));
            assertEquals(List.of("1.3"), queue(kernel, 1));
            assertEquals(0, kernel.dispatcher.cpu(1).reschedBits());
            ToyTask better = queued(kernel, 60);
            kernel.dispatcher.unbind(better);
            kernel.dispatcher.migrate(better, kernel.dispatcher.cpu(1));
            assertEquals(List.of("1.4", "1.3"), queue(kernel, 1));
            assertEquals(CpuState.RESCHED_UPREEMPT, kernel.dispatcher.cpu(1).reschedBits());
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void nobodyMigratesToWhereItIsOrToACpuThatIsOffline() {
        try (ToyKernel kernel = busy(2)) {
            ToyTask task = queued(kernel, 40);
            queued(kernel, 40);
            kernel.dispatcher.unbind(task);
            assertEquals(List.of("1.4", "1.3"), queue(kernel, 0), "unbinding puts it in anew");
            kernel.dispatcher.migrate(task, kernel.dispatcher.cpu(0));
            assertEquals(List.of("1.4", "1.3"), queue(kernel, 0));
            kernel.dispatcher.cpu(1).setFlag(CpuState.OFFLINE);
            kernel.dispatcher.migrate(task, kernel.dispatcher.cpu(1));
            assertEquals(List.of("1.4", "1.3"), queue(kernel, 0));
            assertEquals(0, task.accounting().migrations());
        }
    }

    @Test
    void whatDoesNotChangeKeepsItsPlace() {
        try (ToyKernel kernel = busy(1)) {
            ToyTask first = queued(kernel, 40);
            queued(kernel, 40);
            long events = kernel.engine.events().count();
            kernel.dispatcher.changePriority(first, 40);
            kernel.dispatcher.inherit(first);
            assertEquals(List.of("1.2", "1.3"), queue(kernel, 0));
            assertEquals(events, kernel.engine.events().count());
            kernel.dispatcher.changePriority(first, 39);
            kernel.dispatcher.changePriority(first, 40);
            assertEquals(List.of("1.3", "1.2"), queue(kernel, 0));
        }
    }

    @Test
    void aQueuedTaskThatBecomesBetterPreempts() {
        try (ToyKernel kernel = busy(1)) {
            ToyTask task = queued(kernel, 40);
            kernel.dispatcher.changePriority(task, 43);
            assertEquals(0, kernel.dispatcher.cpu(0).reschedBits());
            kernel.dispatcher.changePriority(task, 44);
            kernel.runUntil(3 * MS);
            assertEquals(TaskState.LSZOMB, task.state());
            ToyTask other = queued(kernel, 40);
            kernel.dispatcher.setClass(other, SchedClass.RR, 130);
            kernel.runUntil(6 * MS);
            assertEquals(TaskState.LSZOMB, other.state());
            assertTrue(kernel.broken.isEmpty(), kernel.broken.toString());
        }
    }
}
