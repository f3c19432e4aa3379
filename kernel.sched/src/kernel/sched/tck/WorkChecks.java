// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.ArrayList;
import java.util.List;
import kernel.sched.policy.Tunable;
import kernel.sched.task.Priority;
import kernel.sched.task.SchedClass;
import kernel.sched.tck.SchedCheck.Kind;

/** Everybody gets on. */
final class WorkChecks {
    private static final long MS = SchedRig.MS;

    private WorkChecks() {
    }

    static void addTo(List<SchedCheck> checks) {
        for (String cpus : List.of("1", "4", "2x2x2")) {
            checks.add(new SchedCheck(Kind.POSITIVE, "every task ends on CPUs " + cpus, s -> everyTaskEnds(s, cpus)));
        }
        checks.add(new SchedCheck(Kind.POSITIVE, "no wake-up is lost", WorkChecks::noWakeUpIsLost));
        checks.add(new SchedCheck(Kind.POSITIVE, "equal hogs share a CPU", WorkChecks::equalHogsShare));
        checks.add(new SchedCheck(Kind.POSITIVE, "a hog lets a sleeper in", WorkChecks::aHogLetsASleeperIn));
        checks.add(new SchedCheck(Kind.POSITIVE, "round robin takes turns", WorkChecks::roundRobinTakesTurns));
        checks.add(new SchedCheck(Kind.POSITIVE, "nobody starves among many", WorkChecks::nobodyStarves));
        checks.add(new SchedCheck(Kind.POSITIVE, "all CPUs are used", WorkChecks::allCpusAreUsed));
        checks.add(new SchedCheck(Kind.POSITIVE, "the same seed gives the same run", WorkChecks::deterministic));
        checks.add(new SchedCheck(Kind.POSITIVE, "kernels side by side do not meet", WorkChecks::kernelsDoNotMeet));
        checks.add(new SchedCheck(Kind.POSITIVE, "tunables keep to their bounds", WorkChecks::tunables));
    }

    private static void everyTaskEnds(SchedulerUnderTest subject, String cpus) {
        try (SchedRig rig = new SchedRig(subject, cpus, 7)) {
            mixture(rig, 12, 8);
            rig.runToEnd();
        }
    }

    /** Tasks that compute and sleep in different proportions. */
    static void mixture(SchedRig rig, int count, int rounds) {
        for (int i = 0; i < count; i++) {
            int kind = i;
            rig.start(() -> {
                for (int round = 0; round < rounds; round++) {
                    rig.compute((1 + kind % 5 * 7) * MS);
                    if (kind % 3 != 0) {
                        rig.nap(1 + (kind + round) % 4);
                    }
                }
            });
        }
    }

    private static void noWakeUpIsLost(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 3)) {
            int[] turn = new int[1];
            for (int i = 0; i < 2; i++) {
                int me = i;
                rig.start(() -> {
                    for (int round = 0; round < 200; round++) {
                        while (turn[0] % 2 != me) {
                            rig.sleep.tsleep(0x100 + me, "turn", 5, false);
                        }
                        turn[0]++;
                        rig.sleep.wakeup(0x100 + 1 - me);
                        rig.compute(MS / 10);
                    }
                });
            }
            rig.runToEnd();
        }
    }

    private static void equalHogsShare(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "1", 5)) {
            for (int i = 0; i < 3; i++) {
                rig.start(() -> rig.compute(60_000 * MS));
            }
            rig.runUntil(6_000 * MS);
            for (RigTask task : rig.tasks) {
                Expect.that(task.ranNanos() > 900 * MS, () -> "task " + task + ", one of three equal hogs, got "
                        + task.ranNanos() / MS + " ms of 6000");
            }
        }
    }

    private static void aHogLetsASleeperIn(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "1", 5)) {
            rig.start(() -> rig.compute(60_000 * MS));
            RigTask sleeper = rig.start(() -> {
                for (int i = 0; i < 40; i++) {
                    rig.nap(5);
                    rig.compute(MS);
                }
            });
            rig.runUntil(10_000 * MS);
            long worst = sleeper.accounting().wakeupLatency().max();
            Expect.that(worst < 1_000 * MS, () -> "a task that slept waited " + worst / MS + " ms for a hog");
        }
    }

    private static void roundRobinTakesTurns(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "1", 5)) {
            for (int i = 0; i < 2; i++) {
                RigTask task = rig.make(() -> rig.compute(10_000 * MS));
                rig.dispatcher.setClass(task, SchedClass.RR, Priority.USER_RT + 5);
                rig.dispatcher.setRunnable(task);
            }
            rig.runUntil(2_000 * MS);
            for (RigTask task : rig.tasks) {
                Expect.that(task.ranNanos() > 500 * MS, () -> "task " + task + ", one of two of SCHED_RR, got "
                        + task.ranNanos() / MS + " ms of 2000");
            }
        }
    }

    private static void nobodyStarves(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 11)) {
            for (int i = 0; i < 30; i++) {
                rig.start(() -> rig.compute(60_000 * MS));
            }
            rig.runUntil(20_000 * MS);
            for (RigTask task : rig.tasks) {
                Expect.that(task.ranNanos() > 0, () -> "task " + task + ", one of 30 equal hogs, never ran in 20 s");
            }
        }
    }

    private static void allCpusAreUsed(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "4", 13)) {
            for (int i = 0; i < 8; i++) {
                rig.start(() -> {
                    for (int round = 0; round < 200; round++) {
                        rig.compute(20 * MS);
                        rig.nap(1);
                    }
                });
            }
            rig.runUntil(3_000 * MS);
            long worked = 0;
            for (RigTask task : rig.tasks) {
                worked += task.ranNanos();
            }
            long total = worked;
            Expect.that(total > 6_000 * MS, () -> "four CPUs with eight busy tasks worked " + total / MS
                    + " ms in 3000 ms of each");
        }
    }

    private static void deterministic(SchedulerUnderTest subject) {
        List<Long> hashes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (SchedRig rig = new SchedRig(subject, "2x2", 17)) {
                mixture(rig, 10, 6);
                rig.runToEnd();
                hashes.add(rig.engine.events().hash());
            }
        }
        Expect.that(hashes.stream().distinct().count() == 1, "three runs with one seed came out differently");
    }

    private static void kernelsDoNotMeet(SchedulerUnderTest subject) {
        try (SchedRig one = new SchedRig(subject, "2", 19); SchedRig other = new SchedRig(subject, "2", 19)) {
            mixture(one, 8, 6);
            mixture(other, 8, 6);
            for (int i = 1; i <= 20; i++) {
                one.runUntil(i * 10 * MS);
                other.runUntil(i * 10 * MS);
            }
            one.runToEnd();
            other.runToEnd();
            Expect.that(one.engine.events().hash() == other.engine.events().hash(),
                    "two kernels that ran in turns came out differently");
        }
    }

    private static void tunables(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "1", 1)) {
            for (Tunable tunable : rig.dispatcher.tunables().list()) {
                Expect.that(tunable.least() <= tunable.value() && tunable.value() <= tunable.most(),
                        () -> tunable.name() + " is " + tunable.value() + ", outside of its bounds");
                if (!tunable.fixed()) {
                    rig.dispatcher.tunables().set(tunable.name(), tunable.value());
                }
            }
            mixture(rig, 4, 2);
            rig.runToEnd();
        }
    }
}
