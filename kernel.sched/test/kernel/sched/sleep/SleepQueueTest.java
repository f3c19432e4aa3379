// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.sleep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kernel.sched.lock.SpinMutex;
import kernel.sched.task.Generation;
import kernel.sched.task.SyncObject;
import kernel.sched.task.SyncObject.Order;
import kernel.sched.task.Task;
import kernel.sched.task.TaskState;
import kernel.sched.toy.StubTask;
import kernel.sched.toy.ToyKernel;
import kernel.sched.toy.ToyTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SleepQueueTest {
    @ParameterizedTest
    @CsvSource({
        "V2009,SORTED,30:b 30:d 20:a 20:e 10:c", "V2020,SORTED,30:b 30:d 20:a 20:e 10:c",
        "V2009,FIFO,20:a 30:b 10:c 30:d 20:e", "V2009,LIFO,20:e 30:d 10:c 30:b 20:a",
        "V2020,LIFO,20:e 30:d 10:c 30:b 20:a", "V2009,DEFAULT,20:a 30:b 10:c 30:d 20:e",
        "V2020,DEFAULT,20:e 30:d 10:c 30:b 20:a"})
    void insertionFollowsTheSyncObject(Generation generation, Order order, String expected) {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.dispatcher.setGeneration(generation);
            SleepQueue queue = queue(kernel);
            String names = "abcde";
            int[] priorities = {20, 30, 10, 30, 20};
            for (int i = 0; i < names.length(); i++) {
                queue.insert(new StubTask(names.substring(i, i + 1), priorities[i]), order);
            }
            List<String> seen = new ArrayList<>();
            queue.forEach(task -> seen.add(task.priority() + ":" + task));
            assertEquals(List.of(expected.split(" ")), seen);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sortedQueueMatchesANaiveList(long seed) {
        Random random = new Random(seed);
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            SleepQueue queue = queue(kernel);
            List<Task> model = new ArrayList<>();
            for (int step = 0; step < 2_000; step++) {
                int choice = model.isEmpty() ? 0 : random.nextInt(3);
                if (choice == 0) {
                    StubTask task = new StubTask("t" + step, random.nextInt(8));
                    task.setSyncObject(SyncObject.SLEEP);
                    queue.insert(task, Order.SORTED);
                    insert(model, task);
                } else if (choice == 1) {
                    queue.remove(model.remove(random.nextInt(model.size())));
                } else {
                    Task task = model.remove(random.nextInt(model.size()));
                    task.setPriority(random.nextInt(8));
                    queue.reposition(task);
                    insert(model, task);
                }
                List<Task> seen = new ArrayList<>();
                queue.forEach(seen::add);
                assertEquals(model, seen);
                assertEquals(model.size(), queue.size());
            }
        }
    }

    private static void insert(List<Task> model, Task task) {
        int at = 0;
        while (at < model.size() && model.get(at).effectivePriority() >= task.effectivePriority()) {
            at++;
        }
        model.add(at, task);
    }

    @Test
    void wakeTakesTheFirstOfTheChannelOnly() {
        List<String> woken = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            long mine = 0x7700;
            long other = mine + (128L << 8);
            assertEquals(SleepTable.index(mine), SleepTable.index(other));
            for (int i = 0; i < 6; i++) {
                long channel = i % 2 == 0 ? mine : other;
                String name = (i % 2 == 0 ? "mine" : "other") + i;
                kernel.start(() -> {
                    kernel.sleep.tsleep(channel, "wait", 0, false);
                    woken.add(name);
                });
            }
            kernel.run();
            SleepQueue queue = kernel.sleep.table().lookup(mine);
            queue.lock().enter();
            assertEquals(2, kernel.sleep.wake(queue, mine, 2));
            queue.lock().exit();
            kernel.run();
            assertEquals(List.of("mine0", "mine2"), woken);
            kernel.sleep.wakeup(other);
            kernel.run();
            assertEquals(List.of("mine0", "mine2", "other1", "other3", "other5"), woken);
            assertEquals(List.of(), kernel.broken);
        }
    }

    /** sleepq_transfer: the sleeper changes queue, channel and place without waking up. */
    @Test
    void aTransferredSleeperWaitsElsewhere() {
        List<String> woken = new ArrayList<>();
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            long from = 0x7700;
            long to = 0x9900;
            for (String name : List.of("moved", "stays")) {
                kernel.start(() -> {
                    kernel.sleep.tsleep(from, "from", 0, false);
                    woken.add(name);
                });
            }
            kernel.run();
            Task moved = kernel.tasks.get(0);
            SleepQueue next = kernel.sleep.table().lookup(to);
            SpinMutex before = kernel.sleep.lock(moved);
            next.lock().enter();
            kernel.sleep.transfer(moved, next, to, "to", SyncObject.SLEEP, true);
            next.lock().exit();
            before.exit();
            assertEquals("to true " + to, moved.waitMessage() + " " + moved.interruptible() + " " + moved.waitChannel());
            assertSame(next.lock(), kernel.sleep.lockOf(moved));
            kernel.sleep.wakeup(from);
            kernel.run();
            assertEquals(List.of("stays"), woken);
            kernel.sleep.wakeup(to);
            kernel.run();
            assertEquals(List.of("stays", "moved"), woken);
            assertEquals(List.of(), kernel.broken);
        }
    }

    /** The table of the lwp lock: by state, and for sleepers by queue. */
    @Test
    void theLockOfATaskFollowsItsState() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            long channel = 0x7700;
            kernel.start(() -> kernel.sleep.tsleep(channel, "queue", 0, true));
            kernel.start(() -> kernel.sleep.kpause("none", 500, false));
            kernel.runUntil(1_000_000);
            ToyTask queued = kernel.tasks.get(0);
            ToyTask alone = kernel.tasks.get(1);
            SpinMutex ofCpu = kernel.dispatcher.lwpLock(queued.cpu());
            assertSame(kernel.sleep.table().lookup(channel).lock(), kernel.sleep.lockOf(queued));
            assertSame(ofCpu, kernel.sleep.lockOf(alone));
            queued.become(TaskState.LSSTOP);
            assertSame(kernel.sleep.table().lookup(channel).lock(), kernel.sleep.lockOf(queued));
            kernel.dispatcher.endSleep(queued);
            assertSame(ofCpu, kernel.sleep.lockOf(queued));
            kernel.dispatcher.setRunnable(queued);
            assertSame(kernel.dispatcher.queueLock(queued.cpu()), kernel.sleep.lockOf(queued));
            kernel.runUntil(2_000_000);
            assertSame(TaskState.LSZOMB, queued.state());
            assertSame(ofCpu, kernel.sleep.lockOf(queued));
        }
    }

    @Test
    void kpauseLastsItsTicks() {
        long[] woke = new long[1];
        try (ToyKernel kernel = new ToyKernel(1, 1).checked()) {
            kernel.start(() -> {
                assertEquals(0, kernel.sleep.kpause("pause", 5, false));
                woke[0] = kernel.dispatcher.tick();
            });
            kernel.run();
            assertEquals(5, woke[0]);
            assertEquals(List.of(), kernel.broken);
        }
    }

    @Test
    void findSearchesByProcessAndLwp() {
        try (ToyKernel kernel = new ToyKernel(1, 1)) {
            kernel.start(() -> kernel.sleep.tsleep(0x9900, "wait", 0, false));
            kernel.run();
            SleepQueue queue = kernel.sleep.table().lookup(0x9900);
            assertEquals(kernel.tasks.get(0), queue.find(1, 1));
            assertEquals(null, queue.find(1, 2));
            assertEquals(null, queue.find(2, 1));
            assertSame(kernel.tasks.get(0), queue.head());
        }
    }

    private static SleepQueue queue(ToyKernel kernel) {
        return new SleepQueue(kernel.dispatcher, new SpinMutex(kernel.dispatcher, "test"));
    }
}
