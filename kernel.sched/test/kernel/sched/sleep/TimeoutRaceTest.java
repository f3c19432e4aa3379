// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.sleep;

import static kernel.sched.errno.Errno.EINTR;
import static kernel.sched.errno.Errno.EWOULDBLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kernel.sched.errno.Errno;
import kernel.sched.task.Generation;
import kernel.sched.task.SchedClass;
import kernel.sched.task.SyncObject;
import kernel.sched.task.TaskState;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a sleep returns when wake-up, timeout, signal, stop and suspension meet. */
class TimeoutRaceTest {
    private static final long MS = 1_000_000;
    private static final long CHANNEL = 0x4200;

    static Stream<Arguments> rows() {
        return Stream.of(
                row("wake", 0, 0),
                row("timer", EWOULDBLOCK, EWOULDBLOCK),
                row("wake timer", EWOULDBLOCK, 0),
                row("timer wake", EWOULDBLOCK, EWOULDBLOCK),
                row("signal timer", EWOULDBLOCK, EINTR),
                row("stop timer continue", EWOULDBLOCK, EWOULDBLOCK),
                row("stop wake continue", 0, 0),
                row("suspend", 0, 0)).flatMap(rows -> rows);
    }

    private static Stream<Arguments> row(String history, int in2009, int in2020) {
        return Stream.of(Arguments.of(Generation.V2009, history, in2009),
                Arguments.of(Generation.V2020, history, in2020));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void sleepReturns(Generation generation, String history, int expected) {
        int[] result = {-99};
        try (ToyKernel kernel = new ToyKernel(1, 5).checked()) {
            kernel.dispatcher.setGeneration(generation);
            kernel.sleep.setTimeoutBeatsWake(generation == Generation.V2009);
            SleepQueue queue = kernel.sleep.table().lookup(CHANNEL);
            ToyTask sleeper = kernel.start(() -> {
                queue.lock().enter();
                kernel.sleep.enqueue(queue, CHANNEL, "race", SyncObject.SLEEP, true);
                result[0] = kernel.sleep.block(3, true);
            });
            kernel.start(() -> director(kernel, sleeper, queue, history));
            kernel.run();
            assertEquals(List.of(), kernel.broken);
        }
        assertEquals(Errno.name(expected), Errno.name(result[0]));
    }

    /** Keeps the CPU from before the events until after them, so that the sleeper only runs at the end. */
    private static void director(ToyKernel kernel, ToyTask sleeper, SleepQueue queue, String history) {
        ToyTask self = (ToyTask) kernel.dispatcher.currentTask();
        self.setSchedClass(SchedClass.FIFO);
        kernel.dispatcher.changePriority(self, 150);
        kernel.sleep.kpause("start", 1, false);
        for (String step : history.split(" ")) {
            switch (step) {
                case "timer" -> computeUntil(kernel, 35 * MS);
                case "wake" -> {
                    queue.lock().enter();
                    kernel.sleep.wake(queue, CHANNEL, 1);
                    queue.lock().exit();
                }
                case "signal" -> {
                    sleeper.after = EINTR;
                    kernel.dispatcher.setRunnable(sleeper);
                }
                case "stop" -> sleeper.become(TaskState.LSSTOP);
                case "continue" -> {
                    if (sleeper.waitChannel() == 0) {
                        kernel.dispatcher.setRunnable(sleeper);
                    } else {
                        sleeper.become(TaskState.LSSLEEP);
                    }
                }
                case "suspend" -> kernel.dispatcher.setRunnable(sleeper);
                default -> throw new AssertionError(step);
            }
        }
    }

    private static void computeUntil(ToyKernel kernel, long nanos) {
        while (kernel.engine.nowNanos() < nanos) {
            kernel.engine.current().computeUser(nanos - kernel.engine.nowNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("earlyAnswers")
    void aDeliverableSignalOrCancellationKeepsTheTaskAwake(int before, int after, int expected) {
        List<Integer> results = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 5).checked()) {
            ToyTask task = kernel.make(() -> results.add(kernel.sleep.tsleep(CHANNEL, "early", 0, true)));
            task.before = before;
            task.after = after;
            kernel.dispatcher.setRunnable(task);
            kernel.run();
            assertEquals(TaskState.LSZOMB, task.state());
            assertEquals(List.of(), kernel.broken);
        }
        assertEquals(List.of(expected), results);
    }

    @Test
    void whoWakesItselfBeforeBlockingGoesOn() {
        List<Integer> results = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 5).checked()) {
            SleepQueue queue = kernel.sleep.table().lookup(CHANNEL);
            kernel.start(() -> {
                queue.lock().enter();
                kernel.sleep.enqueue(queue, CHANNEL, "self", SyncObject.SLEEP, false);
                kernel.sleep.wake(queue, CHANNEL, 1);
                results.add(kernel.sleep.block(5, false));
            });
            kernel.run();
            assertEquals(List.of(), kernel.broken);
        }
        assertEquals(List.of(0), results);
    }

    static Stream<Arguments> earlyAnswers() {
        return Stream.of(Arguments.of(EINTR, 0, EINTR), Arguments.of(ToyTask.EARLY, Errno.ERESTART, Errno.ERESTART),
                Arguments.of(ToyTask.EARLY, 0, 0));
    }
}
