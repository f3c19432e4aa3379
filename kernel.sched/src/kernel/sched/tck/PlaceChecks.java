// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.tck;

import java.util.List;
import kernel.sched.task.CpuSet;
import kernel.sched.task.CpuState;
import kernel.sched.tck.SchedCheck.Kind;

/** Everybody runs where it may. */
final class PlaceChecks {
    private static final long MS = SchedRig.MS;

    private PlaceChecks() {
    }

    static void addTo(List<SchedCheck> checks) {
        checks.add(new SchedCheck(Kind.POSITIVE, "affinity is obeyed", PlaceChecks::affinity));
        checks.add(new SchedCheck(Kind.POSITIVE, "bound tasks stay", PlaceChecks::boundTasksStay));
        checks.add(new SchedCheck(Kind.POSITIVE, "processor sets are obeyed", PlaceChecks::processorSets));
        checks.add(new SchedCheck(Kind.POSITIVE, "offline CPUs get nothing", PlaceChecks::offlineCpus));
        checks.add(new SchedCheck(Kind.POSITIVE, "queued tasks can be moved and changed", PlaceChecks::changesInQueues));
    }

    private static void affinity(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "4", 23)) {
            WorkChecks.mixture(rig, 12, 10);
            for (int i = 0; i < rig.tasks.size(); i += 2) {
                rig.dispatcher.processorSets().setAffinity(rig.tasks.get(i), CpuSet.of(i % 4, (i + 1) % 4));
            }
            rig.runUntil(30 * MS);
            rig.tasks.forEach(task -> task.ranOn = 0);
            rig.runToEnd();
            for (int i = 0; i < rig.tasks.size(); i += 2) {
                RigTask task = rig.tasks.get(i);
                long allowed = 1L << i % 4 | 1L << (i + 1) % 4;
                Expect.that((task.ranOn & ~allowed) == 0, "task " + task + " ran outside of " + task.affinity());
            }
        }
    }

    private static void boundTasksStay(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "3", 29)) {
            WorkChecks.mixture(rig, 9, 8);
            RigTask task = rig.tasks.get(1);
            rig.dispatcher.migrate(task, rig.dispatcher.cpu(2));
            rig.dispatcher.bind(task);
            task.ranOn = 0;
            rig.runToEnd();
            Expect.that((task.ranOn & ~4L) == 0, "a task bound to cpu2 ran elsewhere");
        }
    }

    private static void processorSets(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "4", 31)) {
            int set = rig.dispatcher.processorSets().create();
            rig.dispatcher.processorSets().assign(rig.dispatcher.cpu(3), set);
            WorkChecks.mixture(rig, 10, 8);
            rig.dispatcher.processorSets().bind(rig.tasks.get(4), set);
            rig.tasks.forEach(task -> task.ranOn = 0);
            rig.runToEnd();
            for (RigTask task : rig.tasks) {
                long allowed = task.processorSet() == set ? 8 : 7;
                Expect.that((task.ranOn & ~allowed) == 0, "task " + task + " ran outside of its processor set");
            }
        }
    }

    private static void offlineCpus(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "3", 37)) {
            WorkChecks.mixture(rig, 9, 10);
            rig.runUntil(25 * MS);
            CpuState gone = rig.dispatcher.cpu(1);
            rig.dispatcher.processorSets().setOnline(gone, false);
            rig.runUntil(45 * MS);
            rig.tasks.forEach(task -> task.ranOn = 0);
            rig.runUntil(120 * MS);
            for (RigTask task : rig.tasks) {
                Expect.that((task.ranOn & 2) == 0, "task " + task + " ran on a CPU that is offline");
            }
            rig.dispatcher.processorSets().setOnline(gone, true);
            rig.runToEnd();
        }
    }

    private static void changesInQueues(SchedulerUnderTest subject) {
        try (SchedRig rig = new SchedRig(subject, "2", 41)) {
            WorkChecks.mixture(rig, 10, 10);
            for (int i = 0; i < 60; i++) {
                rig.runUntil((2 + 3L * i) * MS);
                RigTask task = rig.tasks.get(i % 10);
                switch (i % 4) {
                    case 0 -> rig.dispatcher.changePriority(task, 10 + i % 50);
                    case 1 -> rig.dispatcher.migrate(task, rig.dispatcher.cpu(i / 4 % 2));
                    case 2 -> rig.dispatcher.nice(task, i % 41);
                    default -> rig.dispatcher.setClass(task, i % 3, i % 3 == 0 ? 30 : 128 + i % 60);
                }
                rig.mustBeSound();
            }
            rig.runToEnd();
        }
    }
}
