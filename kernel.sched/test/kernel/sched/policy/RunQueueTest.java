// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import kernel.sched.task.Priority;
import kernel.sched.task.Task;
import kernel.sched.toy.StubTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunQueueTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void matchesNaiveLists(long seed) {
        Random random = new Random(seed);
        RunQueue queue = new RunQueue();
        TreeMap<Integer, List<Task>> model = new TreeMap<>();
        List<Task> members = new ArrayList<>();
        for (int step = 0; step < 5_000; step++) {
            int choice = members.isEmpty() ? random.nextInt(2) : random.nextInt(4);
            if (choice < 2) {
                Task task = new StubTask("t" + step, random.nextInt(Priority.COUNT));
                task.setBound(random.nextInt(4) == 0);
                List<Task> level = model.computeIfAbsent(task.effectivePriority(), p -> new ArrayList<>());
                if (choice == 0) {
                    queue.addLast(task);
                    level.add(task);
                } else {
                    queue.addFirst(task);
                    level.add(0, task);
                }
                members.add(task);
            } else if (choice == 2) {
                Task task = members.remove(random.nextInt(members.size()));
                queue.remove(task);
                drop(model, task);
            } else {
                Task task = queue.poll();
                assertEquals(model.lastEntry().getValue().get(0), task);
                members.remove(task);
                drop(model, task);
            }
            compare(queue, model, members);
        }
    }

    private static void drop(TreeMap<Integer, List<Task>> model, Task task) {
        model.get(task.effectivePriority()).remove(task);
        if (model.get(task.effectivePriority()).isEmpty()) {
            model.remove(task.effectivePriority());
        }
    }

    private static void compare(RunQueue queue, TreeMap<Integer, List<Task>> model, List<Task> members) {
        List<Task> expected = new ArrayList<>();
        model.descendingMap().values().forEach(expected::addAll);
        List<Task> seen = new ArrayList<>();
        queue.forEach(seen::add);
        assertEquals(expected, seen);
        assertEquals(members.size(), queue.count());
        assertEquals(members.stream().filter(task -> !task.bound()).count(), queue.movable());
        assertEquals(model.isEmpty() ? 0 : model.lastKey(), queue.maxPriority());
        for (int p = 0; p < Priority.COUNT; p++) {
            assertEquals(model.containsKey(p), queue.marked(p), "bit of priority " + p);
            Integer lower = model.lowerKey(p);
            assertEquals(lower == null ? -1 : lower, queue.nextLower(p));
        }
    }

    @Test
    void emptyQueueGivesNothing() {
        assertNull(new RunQueue().poll());
    }

    @Test
    void strangersAndDoublesAreRefused() {
        RunQueue queue = new RunQueue();
        RunQueue other = new RunQueue();
        Task task = new StubTask("a", 5);
        assertThrows(IllegalStateException.class, () -> queue.remove(task));
        queue.addLast(task);
        assertThrows(IllegalStateException.class, () -> queue.addLast(task));
        assertThrows(IllegalStateException.class, () -> other.remove(task));
        assertEquals(1, queue.count());
    }
}
