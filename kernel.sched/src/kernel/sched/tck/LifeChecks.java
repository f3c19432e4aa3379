// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.dispatch.Dispatcher;
import kernel.sched.lock.Mutex;
import kernel.sched.task.CpuState;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.task.TaskState;
import kernel.sched.tck.SchedCheck.Kind;

/** From being made to being reaped: children, yields, stops, and priorities that are lent. */
final class LifeChecks {
    private static final long MS = SchedRig.MS;

    private LifeChecks() {
    }

    static void addTo(List<SchedCheck> checks) {
        checks.add(new SchedCheck(Kind.POSITIVE, "children run and can be reaped", LifeChecks::children));
        checks.add(new SchedCheck(Kind.POSITIVE, "who yields lets its equals in", LifeChecks::yields));
        checks.add(new SchedCheck(Kind.POSITIVE, "stopped and suspended tasks come back", LifeChecks::stops));
        checks.add(new SchedCheck(Kind.POSITIVE, "who holds a lock gets the priority of who waits", LifeChecks::lends));
        checks.add(new SchedCheck(Kind.POSITIVE, "real time goes before time sharing", LifeChecks::realTimeFirst));
    }

    /** Tasks make tasks, of their own process and of others; all are reaped by somebody, by nobody, or by their parent. */
    private static void children(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 89)) {
            RigTask[] first = new RigTask[1];
            first[0] = rig.start(() -> {
                for (int i = 0; i < 12; i++) {
                    int kind = i;
                    RigTask child = rig.child(first[0], 1 + i % 3, () -> rig.compute((3 + kind) * MS));
                    rig.dispatcher.setRunnable(child);
                    rig.compute(2 * MS);
                    if (kind % 4 == 0) {
                        rig.nap(1);
                    }
                }
                rig.nap(60);
            });
            rig.runUntil(500 * MS);
            List<RigTask> done = new ArrayList<>(rig.tasks);
            done.removeIf(task -> task.state() != TaskState.LSZOMB || task.onCpu());
            Expect.that(done.size() == 12, () -> done.size() + " of 12 children ended within 500 ms");
            for (RigTask child : done) {
                reap(rig.dispatcher, first[0], child);
            }
            rig.tasks.removeAll(done);
            rig.mustBeSound();
            rig.runToEnd();
        }
    }

    private static void reap(Dispatcher dispatcher, RigTask parent, RigTask child) {
        if (child.pid() == parent.pid()) {
            dispatcher.collected(parent, child);
        } else {
            dispatcher.processExited(child.pid() == 2 ? parent : null, child);
        }
        dispatcher.unregister(child);
    }

    private static void yields(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "1", 97)) {
            int[] rounds = new int[2];
            int[] lead = new int[1];
            for (int i = 0; i < 2; i++) {
                int me = i;
                rig.start(() -> {
                    while (rounds[me] < 100) {
                        rounds[me]++;
                        rig.compute(MS / 10);
                        rig.dispatcher.yield();
                        boolean otherGoesOn = rounds[1 - me] < 100;
                        lead[0] = otherGoesOn ? Math.max(lead[0], rounds[me] - rounds[1 - me]) : lead[0];
                    }
                });
            }
            rig.runToEnd();
            Expect.that(lead[0] < 60, () -> "one of two tasks that yield got " + lead[0] + " turns ahead");
        }
    }

    /** Every other task goes to sleep, stopped or suspended at the user boundary; somebody continues it later. */
    private static void stops(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 101)) {
            RigTask[] stopping = new RigTask[4];
            for (int i = 0; i < stopping.length; i++) {
                int me = i;
                stopping[i] = rig.start(() -> {
                    for (int round = 0; round < 6; round++) {
                        rig.compute((2 + 5 * me) * MS);
                        stopping[me].become(me % 2 == 0 ? TaskState.LSSTOP : TaskState.LSSUSPENDED);
                        rig.dispatcher.miSwitch();
                    }
                });
            }
            rig.start(() -> rig.compute(200 * MS));
            rig.start(() -> {
                while (List.of(stopping).stream().anyMatch(task -> task.state() != TaskState.LSZOMB)) {
                    rig.nap(2);
                    for (RigTask task : stopping) {
                        if (task.state() == TaskState.LSSTOP || task.state() == TaskState.LSSUSPENDED) {
                            rig.dispatcher.setRunnable(task);
                        }
                    }
                }
            });
            rig.runToEnd();
        }
    }

    /** A real-time task waits for a lock that a common task holds; real-time tasks of less priority would keep it waiting. */
    private static void lends(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "1", 103)) {
            Mutex mutex = new Mutex(rig.sleep, "held");
            long[] got = {-1};
            rig.start(() -> {
                mutex.enter();
                rig.compute(30 * MS);
                mutex.exit();
                rig.compute(50 * MS);
            });
            rig.runUntil(5 * MS);
            RigTask waiter = rig.make(() -> {
                mutex.enter();
                got[0] = rig.engine.nowNanos();
                mutex.exit();
            });
            rig.dispatcher.setClass(waiter, SchedClass.FIFO, Priority.USER_RT + 20);
            rig.dispatcher.setRunnable(waiter);
            rig.runUntil(8 * MS);
            for (int i = 0; i < 2; i++) {
                RigTask between = rig.make(() -> rig.compute(400 * MS));
                rig.dispatcher.setClass(between, SchedClass.RR, Priority.USER_RT + 10);
                rig.dispatcher.setRunnable(between);
            }
            rig.runToEnd();
            Expect.that(got[0] >= 0 && got[0] < 600 * MS, () -> "a real-time task got a lock at " + got[0] / MS + " ms");
        }
    }

    /** Whoever runs when a real-time task wakes gives way soon: within two slices, if not at once. */
    private static void realTimeFirst(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 107)) {
            for (int i = 0; i < 4; i++) {
                rig.start(() -> rig.compute(3_000 * MS));
            }
            RigTask clock = rig.make(() -> {
                for (int i = 0; i < 50; i++) {
                    rig.nap(2);
                    rig.compute(MS);
                }
            });
            rig.dispatcher.setClass(clock, SchedClass.FIFO, Priority.USER_RT + 30);
            rig.dispatcher.setRunnable(clock);
            rig.runUntil(2_500 * MS);
            for (int i = 0; i < 2; i++) {
                CpuState cpu = rig.dispatcher.cpu(i);
                Expect.that(!cpu.idle(), () -> cpu + " is idle while others wait");
            }
            long worst = clock.accounting().wakeupLatency().max();
            Expect.that(worst < 300 * MS, () -> "a real-time task waited " + worst / MS + " ms for others");
            rig.runToEnd();
        }
    }
}
