// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.util.HashMap;
import java.util.Map;
import userland.program.User;
import userland.pthread.Barriers;
import userland.pthread.Conditions;
import userland.pthread.Mutexes;

/**
 * The mutexes, conditions and other objects of a run, in user memory, by name.
 *
 * <p>All are made before the first thread starts; afterwards the table is only read.
 */
final class RtResources {
    /** Suspension and semaphore: mutex, condition, count. */
    static final int GATE_CONDITION = Mutexes.BYTES;
    /** Suspension and semaphore: the count. */
    static final int GATE_COUNT = GATE_CONDITION + Conditions.BYTES;
    /** Suspension: how often everybody was resumed. */
    static final int GATE_GENERATION = GATE_COUNT + 4;
    /** Suspension: how many threads wait. */
    static final int GATE_WAITING = GATE_COUNT + 8;
    private static final int GATE_BYTES = GATE_COUNT + 16;
    private static final int TIMER_BYTES = 16;

    private final Map<String, Long> addresses = new HashMap<>();

    /** Makes whatever the events of a file name. */
    RtResources(User user, RtFile file) {
        Map<String, Integer> barrierUsers = new HashMap<>();
        for (RtTask task : file.tasks()) {
            for (RtPhase phase : task.phases()) {
                phase.events().forEach(event -> make(user, event));
            }
            barriersOf(task).forEach((name, unused) -> barrierUsers.merge(name, task.instances(), Integer::sum));
        }
        barrierUsers.forEach((name, count) -> user.pthread().barriers().init(user, barrier(name), Math.max(1, count)));
    }

    private static Map<String, Boolean> barriersOf(RtTask task) {
        Map<String, Boolean> names = new HashMap<>();
        for (RtPhase phase : task.phases()) {
            for (RtEvent event : phase.events()) {
                if (event instanceof RtEvent.Barrier barrier) {
                    names.put(barrier.name(), true);
                }
            }
        }
        return names;
    }

    long mutex(String name) {
        return addresses.get("mutex " + name);
    }

    long condition(String name) {
        return addresses.get("condition " + name);
    }

    long barrier(String name) {
        return addresses.get("barrier " + name);
    }

    long suspension(String name) {
        return addresses.get("suspension " + name);
    }

    long semaphore(String name) {
        return addresses.get("semaphore " + name);
    }

    long timer(String name) {
        return addresses.get("timer " + name);
    }

    private void make(User user, RtEvent event) {
        switch (event) {
            case RtEvent.Lock lock -> make(user, "mutex " + lock.mutex(), Mutexes.BYTES);
            case RtEvent.Unlock unlock -> make(user, "mutex " + unlock.mutex(), Mutexes.BYTES);
            case RtEvent.Wait wait -> makePair(user, wait.condition(), wait.mutex());
            case RtEvent.Sync sync -> makePair(user, sync.condition(), sync.mutex());
            case RtEvent.Signal signal -> make(user, "condition " + signal.condition(), Conditions.BYTES);
            case RtEvent.Broadcast all -> make(user, "condition " + all.condition(), Conditions.BYTES);
            case RtEvent.Barrier barrier -> make(user, "barrier " + barrier.name(), Barriers.BYTES);
            case RtEvent.Suspend suspend -> make(user, "suspension " + suspend.name(), GATE_BYTES);
            case RtEvent.Resume resume -> make(user, "suspension " + resume.name(), GATE_BYTES);
            case RtEvent.SemaphorePost post -> make(user, "semaphore " + post.name(), GATE_BYTES);
            case RtEvent.SemaphoreWait wait -> make(user, "semaphore " + wait.name(), GATE_BYTES);
            case RtEvent.Timer timer when timer.name() != null -> make(user, "timer " + timer.name(), TIMER_BYTES);
            default -> {
                // Needs nothing.
            }
        }
    }

    private void makePair(User user, String condition, String mutex) {
        make(user, "condition " + condition, Conditions.BYTES);
        make(user, "mutex " + mutex, Mutexes.BYTES);
    }

    private void make(User user, String key, int bytes) {
        addresses.computeIfAbsent(key, unused -> user.allocate(bytes));
    }
}
